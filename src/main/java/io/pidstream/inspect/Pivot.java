package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a file with one value a row into one row per asset and time. */
final class Pivot {
    private final Map<Long, Integer> rowOf = new HashMap<>();
    private final List<Long> millis = new ArrayList<>();
    private final List<Integer> assets = new ArrayList<>();
    private final List<double[]> series = new ArrayList<>();

    private Pivot() {}

    /**
     * @param metrics what was measured, per value
     * @param assetOf the asset of every value, a number from 0
     */
    static Frame of(
            Keys metrics, double[] values, long[] times, int[] assetOf, String[] assetNames) {
        Pivot pivot = new Pivot();
        String[] names = metrics.names();
        for (int m = 0; m < names.length; m++) {
            pivot.series.add(new double[0]);
        }
        for (int i = 0; i < values.length; i++) {
            if (times[i] != TimeNotation.NONE) {
                pivot.put(metrics.of(i), values[i], times[i], assetOf[i]);
            }
        }
        return pivot.frame(names, assetNames);
    }

    private void put(int metric, double value, long time, int asset) {
        long key = time * 10_007 + asset;
        Integer row = rowOf.get(key);
        if (row == null) {
            row = millis.size();
            rowOf.put(key, row);
            millis.add(time);
            assets.add(asset);
        }
        double[] values = series.get(metric);
        if (row >= values.length) {
            int old = values.length;
            values = Arrays.copyOf(values, Math.max(64, 2 * (row + 1)));
            Arrays.fill(values, old, values.length, Double.NaN);
            series.set(metric, values);
        }
        values[row] = value;
    }

    private Frame frame(String[] names, String[] assetNames) {
        List<Series> all = new ArrayList<>();
        for (int m = 0; m < names.length; m++) {
            double[] values = series.get(m);
            int old = values.length;
            values = Arrays.copyOf(values, millis.size());
            if (old < values.length) {
                Arrays.fill(values, old, values.length, Double.NaN);
            }
            all.add(new Series(names[m], names[m], "", values));
        }
        return new Frame(
                millis.stream().mapToLong(Long::longValue).toArray(),
                assets.stream().mapToInt(Integer::intValue).toArray(),
                assetNames,
                all);
    }
}
