package io.pidstream.csv;

import java.time.Instant;
import java.util.Map;

/**
 * A row of a file.
 *
 * @param time its event time; null if it has none
 * @param order by which rows are sorted: the event time, or that of the row before
 * @param asset its asset; null if it has none
 * @param file index of the file
 * @param line line in the file, from 1
 * @param metric which of the values of {@link ValueNames} it has, if there is one row per value;
 *     otherwise −1
 * @param values all of {@link ValueNames}, or the one; NaN if missing
 * @param split cell of the column {@code split}; null if there is none
 * @param refusal what is wrong with it; null if nothing is
 */
record Row(
        Instant time,
        Instant order,
        String asset,
        int file,
        long line,
        int metric,
        double[] values,
        String split,
        Refusal refusal) {
    /**
     * @param problem of the whole row; null if only cells are wrong
     * @param cells per value, the problem of its cell
     * @param text the cells as they were read
     */
    record Refusal(String problem, Map<Integer, String> cells, String text) {}

    /** The problem of the whole row; null if its parts can be used. */
    String problem() {
        return refusal == null ? null : refusal.problem();
    }

    /** The problem of a value's cell; null if there is none. */
    String problem(int value) {
        return refusal == null ? null : refusal.cells().get(value);
    }
}
