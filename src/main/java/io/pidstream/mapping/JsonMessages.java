package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Messages in JSON from outside: trees of plain values, of limited depth and size. NaN and Infinity
 * are read, because common writers write them.
 */
public final class JsonMessages {
    /** Most levels of nested objects and arrays. */
    static final int DEEPEST = 64;

    /** Longest message, in bytes. */
    static final int LONGEST = 16 << 20;

    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_NAME = 10_000;
    private static final int MOST_TOKENS = 2_000_000;

    private static final ObjectReader READER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxDocumentLength(LONGEST)
                                                    .maxStringLength(LONGEST)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .maxNameLength(LONGEST_NAME)
                                                    .maxTokenCount(MOST_TOKENS)
                                                    .build())
                                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readerFor(JsonNode.class);

    private JsonMessages() {}

    static JsonNode parse(byte[] bytes) throws Mismatch {
        try {
            JsonNode message = READER.readTree(bytes);
            if (message.isMissingNode()) {
                throw Mismatch.of("the value is empty; expected JSON");
            }
            return message;
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw Mismatch.of(
                    "the value is not JSON: %s%s"
                            .formatted(
                                    firstLine(e.getOriginalMessage()),
                                    where == null
                                            ? ""
                                            : " at line %d, column %d"
                                                    .formatted(
                                                            where.getLineNr(),
                                                            where.getColumnNr())));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }

    /** The payload of an envelope of Kafka Connect; other messages as they are. */
    static JsonNode unwrapped(JsonNode message) {
        return message.isObject()
                        && message.size() == 2
                        && message.has("schema")
                        && message.has("payload")
                ? message.get("payload")
                : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
