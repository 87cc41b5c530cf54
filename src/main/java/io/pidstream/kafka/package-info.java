/** Topics, sources, sinks, encoding and dead letters: everything that knows Kafka's bytes. */
package io.pidstream.kafka;
