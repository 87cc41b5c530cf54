/** The records that travel between the stages inside a job, and how Flink writes them. */
package io.pidstream.event;
