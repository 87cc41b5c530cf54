package io.pidstream.pid;

import io.pidstream.stats.IndependentColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels that carry information of their own within their modality, as correlations: constant
 * channels and those determined by others of the same modality are left out, and the target comes
 * apart.
 */
final class Channels {
    /**
     * A channel with at most this share of its variance left, given others, is determined by them.
     */
    static final double DEPENDENT = 1e-12;

    /** A share below minus this is no rounding: the matrix is no covariance. */
    static final double NOT_A_COVARIANCE = 1e-9;

    private final double[] covariance;
    private final int dimension;
    private final List<String> modalities;
    private final int[] sizes;
    private final List<String> notes;

    private final List<Integer> kept = new ArrayList<>();
    private final int[] start;
    private double[] correlation;
    private double[] target;

    /**
     * Selects the channels.
     *
     * @param covariance [1 + Σ sizes]² row-major, target first
     * @param notes receives what is left out
     * @throws UndefinedInformation if it is not a covariance, or the target is constant
     */
    Channels(double[] covariance, List<String> modalities, int[] sizes, List<String> notes) {
        this.covariance = covariance;
        this.modalities = modalities;
        this.sizes = sizes;
        this.notes = notes;
        this.start = new int[sizes.length + 1];
        int total = 1;
        for (int size : sizes) {
            total += size;
        }
        this.dimension = total;
        requireFinite();
        requireBounded();
        if (isConstant(0)) {
            throw new UndefinedInformation("the target is constant");
        }
        select();
        correlate();
    }

    private void requireFinite() {
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                double lower = covariance[i * dimension + j];
                double upper = covariance[j * dimension + i];
                if (!Double.isFinite(lower) || !Double.isFinite(upper)) {
                    throw new UndefinedInformation(
                            "covariance of "
                                    + name(j)
                                    + " and "
                                    + name(i)
                                    + " is "
                                    + (Double.isFinite(lower) ? upper : lower));
                }
            }
        }
    }

    private void requireBounded() {
        double[] deviation = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            double variance = covariance[i * dimension + i];
            if (variance < 0) {
                throw new UndefinedInformation("variance of " + name(i) + " is " + variance);
            }
            deviation[i] = Math.sqrt(variance);
            for (int j = 0; j < i; j++) {
                double lower = covariance[i * dimension + j];
                double upper = covariance[j * dimension + i];
                double bound = deviation[i] * deviation[j];
                if (Math.abs(lower - upper) > NOT_A_COVARIANCE * bound) {
                    throw new UndefinedInformation(
                            "covariance is not symmetric: of "
                                    + name(j)
                                    + " and "
                                    + name(i)
                                    + " it is "
                                    + upper
                                    + " and "
                                    + lower);
                }
                if (Math.abs(lower) > (1 + NOT_A_COVARIANCE) * bound + Double.MIN_NORMAL) {
                    throw new UndefinedInformation(
                            "covariance of "
                                    + name(j)
                                    + " and "
                                    + name(i)
                                    + " is "
                                    + lower
                                    + ", more than their deviations allow, "
                                    + bound);
                }
            }
        }
    }

    private boolean isConstant(int variable) {
        return covariance[variable * dimension + variable] < Double.MIN_NORMAL;
    }

    private void select() {
        int offset = 1;
        for (int m = 0; m < sizes.length; m++) {
            IndependentColumns columns = independent(offset, sizes[m]);
            for (int channel : columns.dropped()) {
                String why =
                        isConstant(offset + channel)
                                ? " is constant: left out"
                                : " is determined by other channels of its modality: left out";
                notes.add("channel " + name(offset + channel) + why);
            }
            if (columns.rank() == 0) {
                notes.add(
                        "modality "
                                + modalities.get(m)
                                + " has no channel left: its information is 0");
            }
            for (int channel : columns.kept()) {
                kept.add(offset + channel);
            }
            offset += sizes[m];
            start[m + 1] = kept.size();
        }
    }

    private IndependentColumns independent(int offset, int size) {
        double[] block = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(covariance, (offset + i) * dimension + offset, block, i * size, size);
        }
        IndependentColumns columns = IndependentColumns.of(block, size, DEPENDENT);
        if (columns.lowestShare() < -NOT_A_COVARIANCE) {
            throw new UndefinedInformation(
                    "covariance is not positive semidefinite: a channel of "
                            + name(offset)
                            + " and those after it is left with "
                            + columns.lowestShare()
                            + " of its variance");
        }
        return columns;
    }

    private void correlate() {
        int n = kept.size();
        double[] scale = new double[n];
        correlation = new double[n * n];
        target = new double[n];
        double targetScale = 1 / Math.sqrt(covariance[0]);
        for (int a = 0; a < n; a++) {
            int i = kept.get(a);
            scale[a] = 1 / Math.sqrt(covariance[i * dimension + i]);
            target[a] = covariance[i * dimension] * scale[a] * targetScale;
            for (int b = 0; b < a; b++) {
                double value = covariance[i * dimension + kept.get(b)] * scale[a] * scale[b];
                correlation[a * n + b] = value;
                correlation[b * n + a] = value;
            }
            correlation[a * n + a] = 1;
        }
    }

    /** The name of a variable of the covariance: target, or modality.channel. */
    private String name(int variable) {
        if (variable == 0) {
            return "target";
        }
        int channel = variable - 1;
        int m = 0;
        while (channel >= sizes[m]) {
            channel -= sizes[m++];
        }
        return modalities.get(m) + "." + channel;
    }

    /** The name of a kept channel. */
    String nameOf(int channel) {
        return name(kept.get(channel));
    }

    /** Number of kept channels n. */
    int size() {
        return kept.size();
    }

    /** Where each modality's kept channels begin, [K + 1]. */
    int[] start() {
        return start;
    }

    /** Correlations of the kept channels, [n, n] row-major. */
    double[] correlation() {
        return correlation;
    }

    /** Correlations of the kept channels with the target, [n]. */
    double[] target() {
        return target;
    }
}
