package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.List;

/** Average-linkage clustering of channels by 1 − |ρ|, the correlation of ranks. */
final class Clusters {
    private final Correlations correlations;

    Clusters(Correlations correlations) {
        this.correlations = correlations;
    }

    /**
     * Merges the closest groups until few are left.
     *
     * @param groups of channels, at least one
     * @param most number of groups to be left
     */
    List<List<Integer>> merge(List<List<Integer>> groups, int most) {
        List<List<Integer>> merged = new ArrayList<>();
        groups.forEach(group -> merged.add(new ArrayList<>(group)));
        while (merged.size() > most) {
            int left = 0;
            int right = 1;
            double closest = -1;
            for (int i = 0; i < merged.size(); i++) {
                for (int j = i + 1; j < merged.size(); j++) {
                    double near = nearness(merged.get(i), merged.get(j));
                    if (near > closest) {
                        closest = near;
                        left = i;
                        right = j;
                    }
                }
            }
            merged.get(left).addAll(merged.remove(right));
        }
        return merged;
    }

    /** The mean of |ρ| over all pairs of two groups. */
    double nearness(List<Integer> a, List<Integer> b) {
        double sum = 0;
        for (int i : a) {
            for (int j : b) {
                sum += Math.abs(correlations.of(i, j));
            }
        }
        return sum / ((double) a.size() * b.size());
    }
}
