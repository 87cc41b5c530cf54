package io.pidstream.pid;

import io.pidstream.stats.IndependentColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * The linearly independent channels of each modality, as correlations. Constant channels and those
 * determined by others of the same modality are left out; the target is separate, as uncorrelated
 * dimensions.
 */
final class Channels {
    /**
     * A channel with at most this share of its variance left, given others, is determined by them.
     */
    static final double DEPENDENT = 1e-12;

    private final double[] covariance;
    private final Variables variables;
    private final List<String> notes;

    private final List<Integer> kept = new ArrayList<>();
    private final int[] start;
    private final int targets;
    private final double targetPivot;
    private double[] correlation;
    private double[] target;

    /**
     * Selects the channels.
     *
     * @param covariance row-major, variables in their order
     * @param notes receives the omitted channels
     * @throws UndefinedInformation if it is not a covariance, or the target is constant
     */
    Channels(double[] covariance, Variables variables, List<String> notes) {
        this.covariance = covariance;
        this.variables = variables;
        this.notes = notes;
        this.start = new int[variables.modalities() + 1];
        CovarianceCheck.require(covariance, variables);
        WhiteTarget white = new WhiteTarget(covariance, variables, notes);
        this.targets = white.size();
        this.targetPivot = white.smallestPivot();
        select();
        correlate(white);
    }

    private void select() {
        int dimension = variables.dimension();
        int offset = variables.targets();
        for (int m = 0; m < variables.modalities(); m++) {
            int size = variables.size(m);
            IndependentColumns columns =
                    CovarianceCheck.independent(covariance, variables, offset, size);
            for (int channel : columns.dropped()) {
                int v = offset + channel;
                String why =
                        CovarianceCheck.isConstant(covariance[v * dimension + v])
                                ? " is constant: left out"
                                : " is determined by other channels of its modality: left out";
                notes.add("channel " + variables.name(v) + why);
            }
            if (columns.rank() == 0) {
                notes.add(
                        "modality "
                                + variables.modality(m)
                                + " has no channel left: its information is 0");
            }
            for (int channel : columns.kept()) {
                kept.add(offset + channel);
            }
            offset += size;
            start[m + 1] = kept.size();
        }
    }

    private void correlate(WhiteTarget white) {
        int dimension = variables.dimension();
        int n = kept.size();
        double[] scale = new double[n];
        correlation = new double[n * n];
        target = new double[targets * n];
        for (int a = 0; a < n; a++) {
            int i = kept.get(a);
            scale[a] = 1 / Math.sqrt(covariance[i * dimension + i]);
            white.correlate(covariance, i * dimension, scale[a], target, a, n);
            for (int b = 0; b < a; b++) {
                double value = covariance[i * dimension + kept.get(b)] * scale[a] * scale[b];
                correlation[a * n + b] = value;
                correlation[b * n + a] = value;
            }
            correlation[a * n + a] = 1;
        }
    }

    /** The name of a kept channel. */
    String nameOf(int channel) {
        return variables.name(kept.get(channel));
    }

    /** Number of kept channels n. */
    int size() {
        return kept.size();
    }

    /** Number of uncorrelated dimensions of the target t. */
    int targets() {
        return targets;
    }

    /** {@link WhiteTarget#smallestPivot} of the target; 1 if it is scalar. */
    double targetPivot() {
        return targetPivot;
    }

    /** First kept channel of each modality, [K + 1]. */
    int[] start() {
        return start;
    }

    /** Correlations of the kept channels, [n, n] row-major. */
    double[] correlation() {
        return correlation;
    }

    /** Correlations of the kept channels with the dimensions of the target, [t, n] row-major. */
    double[] target() {
        return target;
    }
}
