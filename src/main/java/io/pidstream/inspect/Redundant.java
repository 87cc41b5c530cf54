package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds columns that are numbers of rows, copies of others, or computed from the target. */
final class Redundant {
    private static final double SAME = 0.9999;
    private static final double COMPUTED = 0.99995;
    private static final int MOST_PARTS = 3;

    private Redundant() {}

    /** Whether it counts the rows, or the rows of every asset. */
    static boolean isRowNumber(Series series, int[] assets) {
        double[] values = series.values();
        Map<Integer, Double> last = new HashMap<>();
        int ofFile = 0;
        int ofAsset = 0;
        for (int row = 0; row < values.length; row++) {
            ofFile += row > 0 && values[row] == values[row - 1] + 1 ? 1 : 0;
            Double before = last.put(assets[row], values[row]);
            ofAsset += before == null || values[row] == before + 1 ? 1 : 0;
        }
        boolean ofAssets = ofAsset == values.length && values.length > 2 * last.size();
        return values.length > 2 && (ofFile == values.length - 1 || ofAssets);
    }

    /** Per column that has the values of a former one: the name of that. */
    static Map<Series, String> copies(List<Series> series) {
        Map<Series, String> copies = new LinkedHashMap<>();
        for (int i = 0; i < series.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!copies.containsKey(series.get(j)) && same(series.get(i), series.get(j))) {
                    copies.put(series.get(i), series.get(j).title());
                    break;
                }
            }
        }
        return copies;
    }

    private static boolean same(Series a, Series b) {
        int rows = a.values().length;
        int equal = 0;
        for (int row = 0; row < rows; row++) {
            equal += Double.compare(a.values()[row], b.values()[row]) == 0 ? 1 : 0;
            if (row == 100 && equal < 90) {
                return false;
            }
        }
        return rows > 0 && equal >= SAME * rows && a.count() > 0;
    }

    /**
     * Columns that give the target away, with the reason: alone, or as a sum with one or two
     * others.
     */
    static Map<Series, String> computedFrom(Series target, List<Series> others) {
        Map<Series, String> found = new LinkedHashMap<>();
        List<Series> rest = new ArrayList<>();
        for (Series other : others) {
            double linear = Correlations.correlation(target.values(), other.values());
            if (Math.abs(linear) > SAME) {
                found.put(other, "computed from the target, correlation %.5f".formatted(linear));
            } else {
                rest.add(other);
            }
        }
        sum(target, rest).forEach(found::put);
        return found;
    }

    /** A few columns, each with a part in it, from which the target follows linearly. */
    private static Map<Series, String> sum(Series target, List<Series> others) {
        List<Series> all = new ArrayList<>(List.of(target));
        all.addAll(others);
        Correlations linear = Correlations.ofValues(all);
        List<Integer> chosen = new ArrayList<>();
        double before = 0;
        while (chosen.size() < MOST_PARTS) {
            int best = 0;
            double most = before;
            for (int i = 1; i < all.size(); i++) {
                if (!chosen.contains(i)) {
                    List<Integer> tried = new ArrayList<>(chosen);
                    tried.add(i);
                    double share = linear.determined(0, tried);
                    if (share > most) {
                        most = share;
                        best = i;
                    }
                }
            }
            if (best == 0) {
                return Map.of();
            }
            chosen.add(best);
            before = most;
            if (most > COMPUTED) {
                return named(chosen, all);
            }
        }
        return Map.of();
    }

    private static Map<Series, String> named(List<Integer> chosen, List<Series> all) {
        List<String> names = chosen.stream().map(i -> all.get(i).title()).toList();
        Map<Series, String> found = new LinkedHashMap<>();
        for (int i : chosen) {
            found.put(all.get(i), "the target follows exactly from " + String.join(" and ", names));
        }
        return found;
    }
}
