package io.pidstream.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.format.UndecodableException;

/** Decodes the values of a topic to trees of plain values. */
@FunctionalInterface
public interface MessageDecoder {
    /** Of JSON. */
    MessageDecoder JSON =
            bytes -> {
                try {
                    return JsonMessages.parse(bytes);
                } catch (Mismatch e) {
                    throw UndecodableException.bytes(e.getMessage());
                }
            };

    /**
     * @throws UndecodableException saying what is wrong with the bytes
     */
    JsonNode decode(byte[] bytes) throws UndecodableException;
}
