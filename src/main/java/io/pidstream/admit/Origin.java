package io.pidstream.admit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a record came from, and its original bytes.
 *
 * @param topic the topic, or the file
 * @param partition partition of the topic; {@link #FILE} for a file, one less for the second of
 *     several, and so on
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
    /** The partition of the first file. */
    public static final int FILE = -1;

    public Origin {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(headers);
    }

    /**
     * @param file name of the file
     * @param index of the file, from 0
     * @param line line number, from 1
     * @param text the text of the line; null if it is not at hand
     */
    public static Origin line(String file, int index, long line, String text) {
        byte[] value = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        return new Origin(file, FILE - index, line, 0, null, value, Map.of());
    }

    /**
     * Readable form: {@code "readings.mox, partition 0, offset 17"} or {@code "air.csv, line 17"}.
     */
    public String describe() {
        return describe(topic, partition, offset);
    }

    /**
     * The one that a position is in.
     *
     * @param names the topic, or all files
     */
    public static String topic(List<String> names, int partition) {
        return names.get(Math.max(0, FILE - partition));
    }

    /** Readable form of a position. */
    public static String describe(String topic, int partition, long offset) {
        return partition <= FILE
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
