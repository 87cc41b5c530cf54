/** A Kafka broker and a Flink cluster inside this JVM, for the demo and for tests. */
package io.pidstream.embedded;
