package io.pidstream.detect;

import java.util.Arrays;

/**
 * Evidence that the mean of a normal series has shifted at some block, where the earlier mean, the
 * deviation and the shift are all unknown: a mixture Shiryaev–Roberts e-detector (Shin, Ramdas
 * &amp; Rinaldo 2022).
 *
 * <p>Let m be the number of blocks before a candidate change, k the number since, n = m + k, b the
 * difference of their means, c = mk/n, and S the sum of squared deviations from both means. Then E
 * = (1 + cg²)^−½ ((S + cb²) / (S + cb²/(1 + cg²)))^((n−1)/2) is the likelihood ratio of a shift of
 * δ deviations, δ ~ N(0, g²), to none, under the right Haar prior of mean and deviation. Without a
 * shift its expectation is 1 for every true mean and deviation, at any stopping time, because it is
 * the likelihood ratio of the statistic that is invariant to both (Pérez-Ortiz, Lardy, de Heide
 * &amp; Grünwald 2024). Estimating the reference costs power but does not affect the guarantee. The
 * detector M = Σ E over all candidate changes, averaged over several g, therefore has an
 * expectation of at most the number of blocks, and stopping at M ≥ A gives a mean time to a false
 * alarm of at least A blocks.
 */
final class ShiftEvidence {
    /** Scales of the shift, from half a block deviation to four. */
    private static final double[] SCALES = {0.5, 1, 2, 4};

    private final double[][] logs;
    private final double[] detector;

    private ShiftEvidence(double[][] logs) {
        this.logs = logs;
        detector = new double[logs.length];
        for (int j = 0; j < logs.length; j++) {
            detector[j] = logSum(logs[j]);
        }
    }

    /**
     * Tests the first columns of a window.
     *
     * @param leastReference blocks before the earliest candidate change
     */
    static ShiftEvidence of(BlockWindow window, int columns, int leastReference) {
        double[][] logs = new double[columns][];
        for (int j = 0; j < columns; j++) {
            logs[j] = column(window, j, leastReference);
        }
        return new ShiftEvidence(logs);
    }

    /** ln E per candidate, the row with which the change would begin. */
    private static double[] column(BlockWindow window, int j, int leastReference) {
        int rows = window.size();
        double[] logs = new double[rows];
        double[] meanSince = new double[rows];
        double[] squaresSince = new double[rows];
        double mean = 0;
        double squares = 0;
        for (int k = rows - 1; k >= 0; k--) {
            double delta = window.row(k).values()[j] - mean;
            mean += delta / (rows - k);
            squares += delta * (window.row(k).values()[j] - mean);
            meanSince[k] = mean;
            squaresSince[k] = squares;
        }
        double m = window.base().count(j);
        double meanBefore = m > 0 ? window.base().mean(j) : 0;
        double squaresBefore = window.base().squares(j);
        for (int k = 0; k < rows; k++) {
            logs[k] =
                    m < leastReference
                            ? Double.NEGATIVE_INFINITY
                            : logRatio(
                                    m,
                                    rows - k,
                                    meanSince[k] - meanBefore,
                                    squaresBefore + squaresSince[k]);
            double delta = window.row(k).values()[j] - meanBefore;
            meanBefore += delta / ++m;
            squaresBefore += delta * (window.row(k).values()[j] - meanBefore);
        }
        return logs;
    }

    private static double logRatio(double m, double k, double difference, double squares) {
        double c = m * k / (m + k);
        double between = c * difference * difference;
        double total = squares + between;
        if (!(total > 0)) {
            return 0; // The series has never moved: no evidence.
        }
        double[] terms = new double[SCALES.length];
        for (int i = 0; i < SCALES.length; i++) {
            double factor = 1 + c * SCALES[i] * SCALES[i];
            // A floor, so that a series without any noise does not have infinite evidence.
            double left = Math.max(squares + between / factor, 1e-300);
            terms[i] =
                    0.5 * (m + k - 1) * (StrictMath.log(total) - StrictMath.log(left))
                            - 0.5 * StrictMath.log(factor);
        }
        return logSum(terms) - StrictMath.log(SCALES.length);
    }

    static double logSum(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        return most + StrictMath.log(sum);
    }

    /** ln E of the candidate change that begins with a row. */
    double candidate(int column, int row) {
        return logs[column][row];
    }

    /** ln M of a column. */
    double detector(int column) {
        return detector[column];
    }

    /**
     * Log of the detector over all columns: their mean, which is an e-detector too, or their
     * minimum if all columns must have shifted.
     */
    double detector(boolean all) {
        if (all) {
            return Arrays.stream(detector).min().orElseThrow();
        }
        return logSum(detector) - StrictMath.log(detector.length);
    }

    /** The column with the most evidence. */
    int leading() {
        int leading = 0;
        for (int j = 1; j < detector.length; j++) {
            leading = detector[j] > detector[leading] ? j : leading;
        }
        return leading;
    }

    /** The most likely first row of the change. */
    int change(boolean all) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs[0].length; k++) {
            double[] at = new double[logs.length];
            for (int j = 0; j < at.length; j++) {
                at[j] = logs[j][k];
            }
            double log = all ? Arrays.stream(at).min().orElseThrow() : logSum(at);
            if (log > most) {
                most = log;
                best = k;
            }
        }
        return best;
    }
}
