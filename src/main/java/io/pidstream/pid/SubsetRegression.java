package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;

/**
 * The share of the target that each subset of modalities explains, from one Cholesky factorisation
 * that is extended and truncated: subsets are visited depth first, and a subset's factor is that of
 * the subset without its last modality, with the rows of that modality appended. The explained
 * covariance of the target, whose dimensions are uncorrelated and of variance 1, is K_S = Σ_yS
 * Σ_SS⁻¹ Σ_Sy = Σᵢ lᵢ lᵢᵀ with rows lᵢ of L⁻¹ Σ_Sy; for a scalar target it is R²_S.
 */
final class SubsetRegression {
    /** Rounding error of a correlation and of the factorisation, with a margin. */
    private static final double ROUNDING = 1e-15;

    /** A larger remainder exceeds its error, as coefficients are at most 1 / √DEPENDENT. */
    private static final double CERTAIN = ROUNDING / Channels.DEPENDENT;

    private final double[] correlation;
    private final double[] target;
    private final Channels names;
    private final int[] start;
    private final int channels;
    private final int targets;

    // The factor of the current subset: the lower triangle [rank, rank], and the rows of the
    // target,
    // [targets, channels].
    private final double[] factor;
    private final double[] inverseDiagonal;
    private final double[] targetRow;
    private final int[] channelOfRow;
    private final double[] coefficients;

    /** By {@link ModalitySet#bits}, K of each subset, its lower triangle row by row. */
    private final double[] explained;

    private final int packed;
    private final int[] rank;
    private final List<Integer> dependent = new ArrayList<>();
    private double smallestPivot = 1;

    /**
     * Computes all subsets.
     *
     * @param channels names of the channels and their modalities
     * @param correlation of the channels, [n, n] row-major
     * @param target correlations of the channels with the target's dimensions, [t, n] row-major
     * @throws UndefinedInformation if the matrix is not positive semidefinite
     */
    SubsetRegression(Channels channels, double[] correlation, double[] target) {
        this.correlation = correlation;
        this.target = target;
        this.names = channels;
        this.start = channels.start();
        this.channels = channels.size();
        this.targets = channels.targets();
        this.packed = targets * (targets + 1) / 2;
        int subsets = ModalitySet.count(start.length - 1);
        this.factor = new double[this.channels * this.channels];
        this.inverseDiagonal = new double[this.channels];
        this.targetRow = new double[target.length];
        this.channelOfRow = new int[this.channels];
        this.coefficients = new double[this.channels];
        this.explained = new double[subsets * packed];
        this.rank = new int[subsets];
        visit(ModalitySet.NONE, 0);
    }

    private void visit(ModalitySet subset, int next) {
        for (int m = next; m < start.length - 1; m++) {
            ModalitySet extended = subset.with(m);
            append(subset, extended, start[m], start[m + 1]);
            visit(extended, m + 1);
        }
    }

    private void append(ModalitySet subset, ModalitySet extended, int from, int to) {
        int row = rank(subset);
        System.arraycopy(
                explained, subset.bits() * packed, explained, extended.bits() * packed, packed);
        // Pivots are recorded once, on the way to the full set.
        boolean prefix = extended.isPrefix();
        for (int channel = from; channel < to; channel++) {
            if (appendRow(row, channel)) {
                if (prefix) {
                    smallestPivot =
                            Math.min(
                                    smallestPivot,
                                    1 / (inverseDiagonal[row] * inverseDiagonal[row]));
                }
                addExplained(extended, row);
                row++;
            } else if (prefix) {
                dependent.add(channel);
            }
        }
        rank[extended.bits()] = row;
    }

    private void addExplained(ModalitySet subset, int row) {
        int p = subset.bits() * packed;
        for (int i = 0; i < targets; i++) {
            double value = targetRow[i * channels + row];
            for (int j = 0; j <= i; j++) {
                explained[p++] += value * targetRow[j * channels + row];
            }
        }
    }

    /**
     * Returns false if the channel is determined by the rows before it and so adds no information:
     * if its remaining variance is at most {@link Channels#DEPENDENT}, or at most its error.
     */
    private boolean appendRow(int row, int channel) {
        int base = row * channels;
        double left = 1;
        for (int j = 0; j < row; j++) {
            double covariance = correlation[channel * channels + channelOfRow[j]];
            double value =
                    (covariance - dot(factor, base, factor, j * channels, j)) * inverseDiagonal[j];
            factor[base + j] = value;
            left -= value * value;
        }
        double error = left > CERTAIN ? ROUNDING : ROUNDING * (1 + squaredCoefficients(row));
        boolean adds = left > Math.max(Channels.DEPENDENT, error);
        double inverse = 1 / Math.sqrt(left);
        for (int t = 0, at = 0; t < targets; t++, at += channels) {
            double targetLeft = target[at + channel] - dot(factor, base, targetRow, at, row);
            if (adds) {
                targetRow[at + row] = targetLeft * inverse;
            } else {
                requireNothingLeft(channel, left, targetLeft, error);
            }
        }
        inverseDiagonal[row] = inverse;
        channelOfRow[row] = channel;
        return adds;
    }

    /**
     * ‖w‖² of the coefficients w = L⁻ᵀl of the regression of a row on the rows before it. The
     * remainder is (−w, 1) A (−w, 1)ᵀ, so errors ε of the entries of A cause an error ε (1 + ‖w‖²).
     */
    private double squaredCoefficients(int row) {
        System.arraycopy(factor, row * channels, coefficients, 0, row);
        double sum = 0;
        for (int i = row - 1; i >= 0; i--) {
            double w = coefficients[i] * inverseDiagonal[i];
            sum += w * w;
            for (int j = 0; j < i; j++) {
                coefficients[j] -= w * factor[i * channels + j];
            }
        }
        return sum;
    }

    /** In a covariance 0 <= left and targetLeft² <= left. */
    private void requireNothingLeft(int channel, double left, double targetLeft, double error) {
        if (left < -Math.max(CovarianceCheck.NOT_A_COVARIANCE, error)
                || Math.abs(targetLeft) > Math.max(1e-5, 2 * Math.sqrt(error))) {
            throw new UndefinedInformation(
                    "covariance is not positive semidefinite: given the others, channel "
                            + names.nameOf(channel)
                            + " is left with "
                            + left
                            + " of its variance and "
                            + targetLeft
                            + " of its correlation with the target");
        }
    }

    /** Four independent sums, because a single one would have to wait for every addition. */
    private static double dot(double[] a, int fromA, double[] b, int fromB, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[fromA + i] * b[fromB + i];
            s1 += a[fromA + i + 1] * b[fromB + i + 1];
            s2 += a[fromA + i + 2] * b[fromB + i + 2];
            s3 += a[fromA + i + 3] * b[fromB + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[fromA + i] * b[fromB + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Number of dimensions of the target. */
    int targets() {
        return targets;
    }

    /** {@link WhiteTarget#smallestPivot} of the target; 1 if it is scalar. */
    double targetPivot() {
        return names.targetPivot();
    }

    /** K of a subset: row i, column j. */
    double explained(ModalitySet subset, int i, int j) {
        int row = Math.max(i, j);
        return explained[subset.bits() * packed + row * (row + 1) / 2 + Math.min(i, j)];
    }

    /** The trace of K of a subset: R² of a scalar target. */
    double explained(ModalitySet subset) {
        double trace = 0;
        for (int t = 0; t < targets; t++) {
            trace += explained(subset, t, t);
        }
        return trace;
    }

    /** Number of linearly independent channels of a subset. */
    int rank(ModalitySet subset) {
        return rank[subset.bits()];
    }

    /** Channels determined by those of modalities before their own. */
    List<Integer> dependent() {
        return dependent;
    }

    /**
     * The smallest remaining share of variance of a channel in the full set, given the channels
     * before it.
     */
    double smallestPivot() {
        return smallestPivot;
    }
}
