package io.pidstream.mapping;

/** The formats of messages that a mapping applies to. */
public enum MessageFormat {
    /** A JSON object, or an array of them. */
    JSON,
    /** An Avro record in Confluent's framing, with a schema of the registry. */
    AVRO
}
