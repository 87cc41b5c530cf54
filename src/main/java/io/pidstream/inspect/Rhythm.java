package io.pidstream.inspect;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often rows come, and in which order.
 *
 * @param period the usual step between rows of an asset
 * @param regular share of steps that are the period
 * @param repeated share of rows with the asset and time of a former row
 * @param crowded share of rows in a slot of the period that has a former row of their asset
 * @param late how far a row is behind the newest one before it, at most
 * @param lateRows share of rows that are behind
 */
record Rhythm(
        Duration period,
        double regular,
        double repeated,
        double crowded,
        Duration late,
        double lateRows) {
    /** Periods that people choose, in milliseconds. */
    private static final long[] USUAL = {
        1,
        2,
        5,
        10,
        20,
        25,
        40,
        50,
        100,
        200,
        250,
        500,
        1000,
        2000,
        5000,
        10_000,
        15_000,
        20_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_200_000,
        1_800_000,
        3_600_000,
        7_200_000,
        10_800_000,
        14_400_000,
        21_600_000,
        28_800_000,
        43_200_000,
        86_400_000,
        604_800_000
    };

    private static final double NEAR = 0.06;

    static Rhythm of(long[] millis, int[] assets, int assetCount) {
        long[][] byAsset = byAsset(millis, assets, assetCount);
        Map<Long, Integer> steps = new HashMap<>();
        int repeated = 0;
        int rows = 0;
        for (long[] times : byAsset) {
            Arrays.sort(times);
            rows += times.length;
            for (int i = 1; i < times.length; i++) {
                long step = times[i] - times[i - 1];
                if (step == 0) {
                    repeated++;
                } else {
                    steps.merge(step, 1, Integer::sum);
                }
            }
        }
        Duration period = period(steps);
        long newest = TimeNotation.NONE;
        long late = 0;
        int lateRows = 0;
        for (long time : millis) {
            if (time != TimeNotation.NONE) {
                if (newest > time) {
                    late = Math.max(late, newest - time);
                    lateRows++;
                }
                newest = Math.max(newest, time);
            }
        }
        return new Rhythm(
                period,
                share(steps, period),
                rows == 0 ? 0 : (double) repeated / rows,
                crowded(byAsset, period, rows),
                Duration.ofMillis(late),
                rows == 0 ? 0 : (double) lateRows / rows);
    }

    private static double crowded(long[][] byAsset, Duration period, int rows) {
        int crowded = 0;
        for (long[] times : byAsset) {
            for (int i = 1; i < times.length; i++) {
                long slot = Math.floorDiv(times[i], period.toMillis());
                crowded += slot == Math.floorDiv(times[i - 1], period.toMillis()) ? 1 : 0;
            }
        }
        return rows == 0 ? 0 : (double) crowded / rows;
    }

    private static long[][] byAsset(long[] millis, int[] assets, int assetCount) {
        int[] sizes = new int[assetCount];
        for (int row = 0; row < millis.length; row++) {
            sizes[assets[row]] += millis[row] == TimeNotation.NONE ? 0 : 1;
        }
        long[][] times = new long[assetCount][];
        for (int a = 0; a < assetCount; a++) {
            times[a] = new long[sizes[a]];
        }
        int[] used = new int[assetCount];
        for (int row = 0; row < millis.length; row++) {
            if (millis[row] != TimeNotation.NONE) {
                times[assets[row]][used[assets[row]]++] = millis[row];
            }
        }
        return times;
    }

    /** The most frequent step, or the middle one where none is frequent, as people would say it. */
    private static Duration period(Map<Long, Integer> steps) {
        long all = steps.values().stream().mapToLong(Integer::longValue).sum();
        if (all == 0) {
            return Duration.ofSeconds(1);
        }
        Map.Entry<Long, Integer> most =
                steps.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        long step = most.getValue() >= 0.5 * all ? most.getKey() : middle(steps, all);
        for (long usual : USUAL) {
            if (Math.abs(step - usual) <= NEAR * usual) {
                return Duration.ofMillis(usual);
            }
        }
        return Duration.ofMillis(step);
    }

    private static long middle(Map<Long, Integer> steps, long all) {
        long seen = 0;
        for (long step : steps.keySet().stream().sorted().toList()) {
            seen += steps.get(step);
            if (2 * seen >= all) {
                return step;
            }
        }
        throw new IllegalStateException("no step of " + all + " is the middle one");
    }

    private static double share(Map<Long, Integer> steps, Duration period) {
        double near = 0;
        long all = 0;
        for (Map.Entry<Long, Integer> step : steps.entrySet()) {
            all += step.getValue();
            if (Math.abs(step.getKey() - period.toMillis()) <= NEAR * period.toMillis()) {
                near += step.getValue();
            }
        }
        return all == 0 ? 0 : near / all;
    }
}
