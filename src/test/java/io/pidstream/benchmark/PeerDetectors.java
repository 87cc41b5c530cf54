package io.pidstream.benchmark;

import io.pidstream.event.BlockStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Detectors that others use, written from their papers so that nothing needs to be installed: ADWIN
 * (Bifet &amp; Gavaldà 2007), Page–Hinkley (Page 1954), a fixed rule of so many deviations, nDCG of
 * contribution shares (the rule of cloud services for feature attribution drift), and Kolmogorov
 * and Smirnov's test per channel (input drift).
 */
final class PeerDetectors {
    /** Blocks that a detector with a fixed reference learns from. */
    private static final int REFERENCE = 15;

    private PeerDetectors() {}

    /** Sees block after block; true is an alarm, after which a new one is made. */
    interface Detector {
        boolean next(BlockStatistics block, double[][] rows);
    }

    /** Of ½ + ½ (I₁ − I₂)/I₁₂, the share of the first modality. */
    static double share(BlockStatistics block) {
        double first = block.information().get(0);
        double second = block.information().get(1);
        double both = block.information().get(2);
        return 0.5 + 0.5 * (first - second) / Math.max(0.02, both);
    }

    /** Absolute errors of a linear model that was fitted to the first blocks. */
    private static final class Errors {
        private final List<double[]> seen = new ArrayList<>();
        private double[] weights;

        /** Empty while the model is being fitted. */
        double[] of(double[][] rows) {
            if (weights == null) {
                for (double[] row : rows) {
                    seen.add(row.clone());
                }
                if (seen.size() >= REFERENCE * rows.length) {
                    weights = fit(seen);
                    seen.clear();
                }
                return new double[0];
            }
            double[] errors = new double[rows.length];
            for (int r = 0; r < rows.length; r++) {
                double predicted = 0;
                for (int i = 1; i < rows[r].length; i++) {
                    predicted += weights[i - 1] * rows[r][i];
                }
                errors[r] = Math.abs(rows[r][0] - predicted);
            }
            return errors;
        }

        /** Normal equations by Gauss and Jordan; all variables have mean 0. */
        private static double[] fit(List<double[]> rows) {
            int d = rows.get(0).length - 1;
            double[][] a = new double[d][d + 1];
            for (double[] row : rows) {
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        a[i][j] += row[1 + i] * row[1 + j];
                    }
                    a[i][d] += row[1 + i] * row[0];
                }
            }
            for (int p = 0; p < d; p++) {
                for (int i = 0; i < d; i++) {
                    double factor = i == p ? 0 : a[i][p] / a[p][p];
                    for (int j = p; j <= d && i != p; j++) {
                        a[i][j] -= factor * a[p][j];
                    }
                }
            }
            double[] weights = new double[d];
            for (int i = 0; i < d; i++) {
                weights[i] = a[i][d] / a[i][i];
            }
            return weights;
        }
    }

    /** Adaptive windowing over values within a known range, with Bernstein's bound. */
    private static final class Adwin {
        private static final int PER_SIZE = 5;
        private final double delta;

        /** Buckets, the newest first: number, sum, squares about their mean. */
        private final List<double[]> buckets = new ArrayList<>();

        private int sinceCheck;

        Adwin(double delta) {
            this.delta = delta;
        }

        boolean next(double x, int checkEvery) {
            buckets.add(0, new double[] {1, x, 0});
            compress();
            if (++sinceCheck < checkEvery) {
                return false;
            }
            sinceCheck = 0;
            return isCut();
        }

        private void compress() {
            double size = 1;
            int from = 0;
            while (true) {
                int to = from;
                while (to < buckets.size() && buckets.get(to)[0] == size) {
                    to++;
                }
                if (to - from <= PER_SIZE) {
                    return;
                }
                double[] old = buckets.remove(to - 1);
                buckets.set(to - 2, merged(buckets.get(to - 2), old));
                from = to - 2;
                size *= 2;
            }
        }

        private static double[] merged(double[] a, double[] b) {
            double delta = a[1] / a[0] - b[1] / b[0];
            double n = a[0] + b[0];
            return new double[] {n, a[1] + b[1], a[2] + b[2] + delta * delta * a[0] * b[0] / n};
        }

        private boolean isCut() {
            double[] total = {0, 0, 0};
            for (double[] bucket : buckets) {
                total = total[0] == 0 ? bucket.clone() : merged(total, bucket);
            }
            double variance = total[2] / total[0];
            double n0 = 0;
            double sum0 = 0;
            for (double[] bucket : buckets) {
                n0 += bucket[0];
                sum0 += bucket[1];
                double n1 = total[0] - n0;
                if (n0 < 5 || n1 < 5) {
                    continue;
                }
                double m = 1 / (1 / n0 + 1 / n1);
                double log = Math.log(2 * Math.log(total[0]) / delta);
                double bound = Math.sqrt(2 / m * variance * log) + 2 / (3 * m) * log;
                if (Math.abs(sum0 / n0 - (total[1] - sum0) / n1) > bound) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Cumulative deviation from the running mean, upward, downward or both. */
    private static final class PageHinkley {
        private final double lambda;
        private final double tolerance;
        private final boolean both;
        private double n;
        private double mean;
        private double up;
        private double down;

        PageHinkley(double lambda, double tolerance, boolean both) {
            this.lambda = lambda;
            this.tolerance = tolerance;
            this.both = both;
        }

        boolean next(double x) {
            mean += (x - mean) / ++n;
            up = Math.max(0, up + x - mean - tolerance);
            down = Math.max(0, down - x + mean - tolerance);
            return n > 30 && (up > lambda || (both && down > lambda));
        }
    }

    static Detector adwinOnErrors(double delta) {
        Errors errors = new Errors();
        Adwin adwin = new Adwin(delta);
        return (block, rows) -> {
            boolean alarm = false;
            for (double error : errors.of(rows)) {
                alarm |= adwin.next(error, 32);
            }
            return alarm;
        };
    }

    static Detector adwinOnShares(double delta) {
        Adwin adwin = new Adwin(delta);
        return (block, rows) -> adwin.next(share(block), 1);
    }

    static Detector pageHinkleyOnErrors(double lambda) {
        Errors errors = new Errors();
        PageHinkley test = new PageHinkley(lambda, 0.005, false);
        return (block, rows) -> {
            boolean alarm = false;
            for (double error : errors.of(rows)) {
                alarm |= test.next(error);
            }
            return alarm;
        };
    }

    static Detector pageHinkleyOnShares(double lambda) {
        PageHinkley test = new PageHinkley(lambda, 0.005, true);
        // Of blocks there are fewer than of rows: it may speak after the reference.
        Deque<Integer> seen = new ArrayDeque<>();
        return (block, rows) -> {
            if (seen.isEmpty()) {
                for (int i = 0; i < 30 - REFERENCE; i++) {
                    seen.add(i);
                    test.n = 30 - REFERENCE;
                    test.mean = share(block);
                }
            }
            return test.next(share(block));
        };
    }

    static Detector sigma(double deviations) {
        List<Double> reference = new ArrayList<>();
        return (block, rows) -> {
            double share = share(block);
            if (reference.size() < REFERENCE) {
                reference.add(share);
                return false;
            }
            double mean = reference.stream().mapToDouble(x -> x).average().orElseThrow();
            double variance =
                    reference.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum()
                            / (REFERENCE - 1);
            return Math.abs(share - mean) > deviations * Math.sqrt(variance);
        };
    }

    /** DCG of the reference's shares in the order of this block's, over that in their own. */
    static Detector ndcg(double least) {
        List<Double> reference = new ArrayList<>();
        return (block, rows) -> {
            if (reference.size() < REFERENCE) {
                reference.add(share(block));
                return false;
            }
            double a = reference.stream().mapToDouble(x -> x).average().orElseThrow();
            double b = 1 - a;
            double second = Math.log(2) / Math.log(3);
            double now = share(block) >= 0.5 ? a + second * b : b + second * a;
            double ideal = Math.max(a, b) + second * Math.min(a, b);
            return now / ideal < least;
        };
    }

    /**
     * Distance of the distribution functions of a block and of the reference, the largest of all
     * channels.
     *
     * @param critical in units of √(1/n + 1/m)
     */
    static Detector kolmogorovSmirnov(double critical) {
        List<double[]> reference = new ArrayList<>();
        double[][] sorted = new double[ShiftStream.DIMENSION][];
        return (block, rows) -> {
            if (reference.size() < REFERENCE * rows.length) {
                for (double[] row : rows) {
                    reference.add(row.clone());
                }
                return false;
            }
            for (int c = 1; c < ShiftStream.DIMENSION; c++) {
                int channel = c;
                if (sorted[c] == null) {
                    sorted[c] = reference.stream().mapToDouble(r -> r[channel]).sorted().toArray();
                }
                double[] now = Arrays.stream(rows).mapToDouble(r -> r[channel]).sorted().toArray();
                double scale = Math.sqrt(1.0 / now.length + 1.0 / sorted[c].length);
                if (distance(now, sorted[c]) > critical * scale) {
                    return true;
                }
            }
            return false;
        };
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        int j = 0;
        for (int i = 0; i < a.length; i++) {
            while (j < b.length && b[j] <= a[i]) {
                j++;
            }
            double below = (double) j / b.length;
            most = Math.max(most, Math.abs((i + 1.0) / a.length - below));
            most = Math.max(most, Math.abs((double) i / a.length - below));
        }
        return most;
    }
}
