/** The records of the topics as rows of text and as JSON. */
package io.pidstream.record;
