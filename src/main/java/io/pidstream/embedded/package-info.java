/** A Kafka broker and a Flink cluster inside this JVM, for the demo and tests. */
package io.pidstream.embedded;
