package io.pidstream.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds numbers that seem to stand for missing values: the smallest or the largest of a column, far
 * from all others and repeated exactly.
 */
final class Sentinels {
    /** Columns with fewer different values are switches and levels. */
    private static final int LEAST_VALUES = 20;

    private static final int LEAST_TIMES = 5;

    /** Least distance from the others, as a share of their range. */
    private static final double FAR = 0.5;

    private final List<String> columns;
    private final List<Extremes> extremes = new ArrayList<>();

    Sentinels(List<String> columns) {
        this.columns = columns;
        columns.forEach(column -> extremes.add(new Extremes()));
    }

    /** The two smallest and the two largest of different values. */
    private static final class Extremes {
        private final Set<Double> different = new HashSet<>();
        private final double[] smallest = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        private final double[] largest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        private long ofSmallest;
        private long ofLargest;

        void add(double value) {
            if (different.size() < LEAST_VALUES) {
                different.add(value);
            }
            if (value < smallest[0]) {
                smallest[1] = smallest[0];
                smallest[0] = value;
                ofSmallest = 0;
            } else if (value > smallest[0] && value < smallest[1]) {
                smallest[1] = value;
            }
            if (value > largest[0]) {
                largest[1] = largest[0];
                largest[0] = value;
                ofLargest = 0;
            } else if (value < largest[0] && value > largest[1]) {
                largest[1] = value;
            }
            ofSmallest += value == smallest[0] ? 1 : 0;
            ofLargest += value == largest[0] ? 1 : 0;
        }

        boolean hasSmallest() {
            double below = smallest[1] - smallest[0];
            return ofSmallest >= LEAST_TIMES && isFar(below, largest[0] - smallest[1]);
        }

        boolean hasLargest() {
            double above = largest[0] - largest[1];
            return ofLargest >= LEAST_TIMES && isFar(above, largest[1] - smallest[0]);
        }

        /** Both ends, each far from what is between them. */
        boolean hasBoth() {
            double between = largest[1] - smallest[1];
            return ofSmallest >= LEAST_TIMES
                    && ofLargest >= LEAST_TIMES
                    && isFar(smallest[1] - smallest[0], between)
                    && isFar(largest[0] - largest[1], between);
        }

        private boolean isFar(double distance, double range) {
            return different.size() == LEAST_VALUES && distance > FAR * range;
        }
    }

    /** Adds the values of a row; NaN if missing. */
    void add(Row row) {
        for (int i = 0; i < row.values().length; i++) {
            double value = row.values()[i];
            if (!Double.isNaN(value)) {
                extremes.get(row.metric() < 0 ? i : row.metric()).add(value);
            }
        }
    }

    /** A sentence for every number that stands apart. */
    List<String> notes() {
        Map<Double, List<String>> found = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Extremes of = extremes.get(i);
            if (of.hasSmallest() || of.hasBoth()) {
                found.computeIfAbsent(of.smallest[0], value -> new ArrayList<>())
                        .add("%s (%,d times)".formatted(columns.get(i), of.ofSmallest));
            }
            if (of.hasLargest() || of.hasBoth()) {
                found.computeIfAbsent(of.largest[0], value -> new ArrayList<>())
                        .add("%s (%,d times)".formatted(columns.get(i), of.ofLargest));
            }
        }
        return found.entrySet().stream()
                .map(
                        entry ->
                                "%s is far from all other values of %s: if it marks a missing one, set csv.missing: [%s]"
                                        .formatted(
                                                plain(entry.getKey()),
                                                String.join(", ", entry.getValue()),
                                                plain(entry.getKey())))
                .toList();
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
