package io.pidstream.admit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why records were refused: how many, the first ones, and the commonest reason. */
public final class Refusals {
    private static final int MOST_LISTED = 10;
    private static final int MOST_REASONS = 1000;

    /** The share of refused records from which on a person is warned. */
    private static final double MANY = 0.05;

    private final List<String> first = new ArrayList<>();
    private final Map<String, Long> reasons = new HashMap<>();
    private long count;

    /**
     * @param detail of a dead letter
     */
    public void add(String detail) {
        count++;
        if (first.size() < MOST_LISTED) {
            first.add(detail);
        }
        String reason = reason(detail);
        if (reasons.size() < MOST_REASONS || reasons.containsKey(reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    /** Without the origin, texts and numbers, which differ from record to record. */
    private static String reason(String detail) {
        return detail.replaceFirst("^.*?, (line|partition) [^:]*: ", "")
                .replaceAll("'[^']*'", "'…'")
                .replaceAll("(?<![\\w.])-?\\d[\\w.:+-]*", "…");
    }

    public long count() {
        return count;
    }

    /** The first of them, and how many more there are. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        if (count > first.size()) {
            lines.add("… and %,d more that were refused".formatted(count - first.size()));
        }
        return lines;
    }

    /** The commonest reason with its count; empty if nothing was refused. */
    public Optional<String> commonest() {
        return reasons.entrySet().stream()
                .max(
                        Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(most -> "%s (%,d times)".formatted(most.getKey(), most.getValue()));
    }

    /**
     * A sentence if more than 5 % were refused.
     *
     * @param rows of which they were parts
     */
    public Optional<String> warning(long rows) {
        return count <= MANY * rows
                ? Optional.empty()
                : commonest()
                        .map(
                                most ->
                                        "warning: %,d parts of %,d rows could not be used; most often: %s"
                                                .formatted(count, rows, most));
    }
}
