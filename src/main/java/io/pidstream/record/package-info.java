/** The records of the topics as people and machines read them: rows of text, and JSON. */
package io.pidstream.record;
