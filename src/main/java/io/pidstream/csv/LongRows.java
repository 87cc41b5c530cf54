package io.pidstream.csv;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows with one value each, in the order of time, as rows with all values of an asset at a time. A
 * metric that is there twice at one time goes to a second row.
 */
final class LongRows implements RowSort.Taker {
    private final int values;
    private final RowSort.Taker rows;
    private final boolean[] seen;
    private final Map<String, List<Open>> assets = new LinkedHashMap<>();
    private Instant time;

    /**
     * @param values of a row
     * @param rows takes the rows
     */
    LongRows(int values, RowSort.Taker rows) {
        this.values = values;
        this.rows = rows;
        this.seen = new boolean[values];
    }

    /** A row that is not yet whole. */
    private record Open(Row first, boolean[] given, double[] values) {}

    @Override
    public void take(Row row) throws IOException {
        if (!row.order().equals(time)) {
            end();
            time = row.order();
        }
        if (row.metric() >= 0) {
            seen[row.metric()] = true;
        }
        if (row.problem() != null) {
            rows.take(row);
            return;
        }
        List<Open> open = assets.computeIfAbsent(row.asset(), asset -> new ArrayList<>());
        Open into = open.stream().filter(one -> !one.given[row.metric()]).findFirst().orElse(null);
        if (into == null) {
            into = new Open(row, new boolean[values], new double[values]);
            Arrays.fill(into.values, Double.NaN);
            open.add(into);
        }
        into.given[row.metric()] = true;
        into.values[row.metric()] = row.values()[0];
    }

    /** Passes on the rows that are open. */
    void end() throws IOException {
        for (List<Open> open : assets.values()) {
            for (Open one : open) {
                Row row = one.first;
                rows.take(
                        new Row(
                                row.time(),
                                row.order(),
                                row.asset(),
                                row.file(),
                                row.line(),
                                -1,
                                one.values,
                                null,
                                row.refusal()));
            }
        }
        assets.clear();
    }

    /** Whether no row had this value. */
    boolean isMissing(int value) {
        return !seen[value];
    }
}
