package io.pidstream.csv;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds times that cannot belong to a file: a few, less than 1 % of the rows, that are further from
 * all others than these are from each other, such as of a clock that was not set.
 *
 * <p>Everything that is learned fades with time. A row years after the last would leave nothing of
 * what was learned before it.
 */
final class TimeGaps {
    private static final int LEAST_ROWS = 100;
    private static final int MOST_GAPS = 64;

    private final PriorityQueue<Gap> widest =
            new PriorityQueue<>(Comparator.comparing(Gap::length));

    private Instant first;
    private Instant last;
    private long rows;

    /** A gap before row {@code row}, from 0. */
    private record Gap(long row, Instant before, Instant after, Duration length) {}

    /**
     * The times between which a file lies.
     *
     * @param earliest first time; null if the file has no times
     * @param latest last time
     */
    record Bounds(Instant earliest, Instant latest) {}

    /** Adds the next time; times must be in order. */
    void add(Instant time) {
        if (last != null && !time.equals(last)) {
            widest.add(new Gap(rows, last, time, Duration.between(last, time)));
            if (widest.size() > MOST_GAPS) {
                widest.remove();
            }
        }
        first = first == null ? time : first;
        last = time;
        rows++;
    }

    /** The times without those that cannot belong to the file. */
    Bounds bounds() {
        long few = rows / LEAST_ROWS;
        long begin = 0;
        long end = rows;
        Instant earliest = first;
        Instant latest = last;
        List<Gap> gaps = widest.stream().sorted(Comparator.comparing(Gap::length)).toList();
        for (int i = gaps.size() - 1; i >= 0; i--) {
            Gap gap = gaps.get(i);
            if (gap.row() <= begin || gap.row() >= end) {
                continue; // Beyond a wider gap.
            }
            if (gap.row() <= few && isWider(gap, gap.after(), latest)) {
                begin = gap.row();
                earliest = gap.after();
            } else if (rows - gap.row() <= few && isWider(gap, earliest, gap.before())) {
                end = gap.row();
                latest = gap.before();
            }
        }
        return new Bounds(earliest, latest);
    }

    /** Whether all times are between two. */
    boolean isWithin(Instant earliest, Instant latest) {
        return first == null || (!first.isBefore(earliest) && !last.isAfter(latest));
    }

    private static boolean isWider(Gap gap, Instant from, Instant to) {
        return gap.length().compareTo(Duration.between(from, to)) > 0;
    }
}
