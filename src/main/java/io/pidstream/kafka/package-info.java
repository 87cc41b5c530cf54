/** Everything specific to Kafka: topics, sources, sinks, encoding and dead letters. */
package io.pidstream.kafka;
