/** The records of the topics as JSON: one format for commands, files, and the explanation page. */
package io.pidstream.json;
