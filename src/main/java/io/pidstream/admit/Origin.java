package io.pidstream.admit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Where a record came from, and its original bytes.
 *
 * @param topic the topic, or the file
 * @param partition partition of the topic; {@link #FILE} for a file
 * @param offset offset in the partition; for a file, the line number, from 1
 * @param timestamp the record's timestamp, milliseconds since 1970; 0 if it has none
 * @param key the key, byte for byte; null if it has none. Not copied; must not be modified
 * @param value the value, byte for byte; null if it has none. Not copied either
 * @param headers the last header of each name, byte for byte
 */
public record Origin(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte[] key,
        byte[] value,
        Map<String, byte[]> headers) {
    /** The partition of a file. */
    public static final int FILE = -1;

    public Origin {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(headers);
    }

    /**
     * @param file name of the file
     * @param line line number, from 1
     * @param text the text of the line
     */
    public static Origin line(String file, long line, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return new Origin(file, FILE, line, 0, null, value, Map.of());
    }

    /**
     * Readable form: {@code "readings.mox, partition 0, offset 17"} or {@code "air.csv, line 17"}.
     */
    public String describe() {
        return describe(topic, partition, offset);
    }

    /** Readable form of a position. */
    public static String describe(String topic, int partition, long offset) {
        return partition == FILE
                ? "%s, line %d".formatted(topic, offset)
                : "%s, partition %d, offset %d".formatted(topic, partition, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && timestamp == that.timestamp
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && sameHeaders(that.headers);
    }

    private boolean sameHeaders(Map<String, byte[]> others) {
        return headers.keySet().equals(others.keySet())
                && headers.keySet().stream()
                        .allMatch(name -> Arrays.equals(headers.get(name), others.get(name)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset);
    }

    @Override
    public String toString() {
        return "Origin[" + describe() + "]";
    }
}
