package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.admit.Origin;

/**
 * One record of a message.
 *
 * @param record the record
 * @param whole the message, for fields that all its records share
 * @param origin the Kafka record
 */
record MappedMessage(JsonNode record, JsonNode whole, Origin origin) {
    JsonNode at(JsonPointer path) {
        JsonNode found = record.at(path);
        return found.isMissingNode() && whole.isObject() ? whole.at(path) : found;
    }
}
