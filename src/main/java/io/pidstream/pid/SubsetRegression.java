package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;

/**
 * The share R² of the target's variance that each subset of modalities explains, from one Cholesky
 * factorisation that grows and shrinks: subsets are visited depth first, and a subset's factor is
 * that of the subset without its last modality, with the rows of that modality appended. R²_S =
 * Σ_yS Σ_SS⁻¹ Σ_Sy = Σᵢ lᵢ², where l = L⁻¹ Σ_Sy.
 */
final class SubsetRegression {
    private final double[] correlation;
    private final double[] target;
    private final Channels names;
    private final int[] start;
    private final int channels;

    // The factor of the subset being visited: [rank, rank] lower triangle, and the target's row of
    // it.
    private final double[] factor;
    private final double[] inverseDiagonal;
    private final double[] targetRow;
    private final int[] channelOfRow;

    private final double[] explained;
    private final int[] rank;
    private final List<Integer> dependent = new ArrayList<>();
    private double smallestPivot = 1;

    /**
     * Computes all subsets.
     *
     * @param channels names the channels and says which modality they belong to
     * @param correlation of the channels, [n, n] row-major
     * @param target correlations of the channels with the target, [n]
     * @throws UndefinedInformation if the matrix is not positive semidefinite
     */
    SubsetRegression(Channels channels, double[] correlation, double[] target) {
        this.correlation = correlation;
        this.target = target;
        this.names = channels;
        this.start = channels.start();
        this.channels = channels.size();
        int subsets = 1 << (start.length - 1);
        this.factor = new double[target.length * target.length];
        this.inverseDiagonal = new double[target.length];
        this.targetRow = new double[target.length];
        this.channelOfRow = new int[target.length];
        this.explained = new double[subsets];
        this.rank = new int[subsets];
        visit(0, 0);
    }

    private void visit(int mask, int next) {
        for (int m = next; m < start.length - 1; m++) {
            int extended = mask | 1 << m;
            append(mask, extended, start[m], start[m + 1]);
            visit(extended, m + 1);
        }
    }

    private void append(int mask, int extended, int from, int to) {
        int row = rank[mask];
        double sum = explained[mask];
        // All modalities, one after the other: this is the way to the full set.
        boolean prefix = (extended & (extended + 1)) == 0;
        for (int channel = from; channel < to; channel++) {
            if (appendRow(row, channel)) {
                if (prefix) {
                    smallestPivot =
                            Math.min(
                                    smallestPivot,
                                    1 / (inverseDiagonal[row] * inverseDiagonal[row]));
                }
                sum += targetRow[row] * targetRow[row];
                row++;
            } else if (prefix) {
                dependent.add(channel);
            }
        }
        rank[extended] = row;
        explained[extended] = sum;
    }

    /** False if the channel is determined by the rows before it, so that it has nothing to add. */
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
        double targetLeft = target[channel] - dot(factor, base, targetRow, 0, row);
        if (left <= Channels.DEPENDENT) {
            // A covariance has targetLeft² <= left.
            if (left < -Channels.NOT_A_COVARIANCE || Math.abs(targetLeft) > 1e-5) {
                throw new UndefinedInformation(
                        "covariance is not positive semidefinite: given the others, channel "
                                + names.nameOf(channel)
                                + " is left with "
                                + left
                                + " of its variance and "
                                + targetLeft
                                + " of its correlation with the target");
            }
            return false;
        }
        inverseDiagonal[row] = 1 / Math.sqrt(left);
        targetRow[row] = targetLeft * inverseDiagonal[row];
        channelOfRow[row] = channel;
        return true;
    }

    /** Four sums side by side: one alone would wait for each addition to end. */
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

    /** R² of a subset, by mask. */
    double explained(int mask) {
        return explained[mask];
    }

    /** Number of linearly independent channels of a subset, by mask. */
    int rank(int mask) {
        return rank[mask];
    }

    /** Channels determined by those of modalities before their own. */
    List<Integer> dependent() {
        return dependent;
    }

    /**
     * The smallest share of its variance that a channel kept has left, given those before it, among
     * all channels.
     */
    double smallestPivot() {
        return smallestPivot;
    }
}
