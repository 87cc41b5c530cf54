package io.pidstream.benchmark;

import io.pidstream.pid.SerialDependence;
import io.pidstream.stats.Moments;
import java.util.Random;

/**
 * Two modalities of d channels each and a target y = a₁ x₁ + a₂ x₂ + noise of variance 1, where x₁
 * and x₂ are the first channel of each, all of variance 1, and correlate by c; the other channels
 * are noise. As nothing changes under linear maps within a modality, this is less special than it
 * looks.
 *
 * @param truth what it is called in the table
 * @param channels d
 * @param samples effective number of samples, were they independent; the number of rows, without
 *     forgetting
 * @param first a₁
 * @param second a₂
 * @param common c
 * @param memory φ of the autoregression of every channel and of the noise; 0 for independent rows
 * @param forgetting whether weights halve, in as many rows as give that many effective samples
 */
record CoverageScenario(
        String truth,
        int channels,
        int samples,
        double first,
        double second,
        double common,
        double memory,
        boolean forgetting) {
    private static final int BLOCK = 200;

    /** Half-lives after which what came before weighs nothing. */
    private static final int WARM_UP = 10;

    /** A covariance and its effective number of samples. */
    record Sample(double[] covariance, double effectiveSamples) {}

    /** The covariance that samples are drawn from, [1 + 2d]² row-major. */
    double[] covariance() {
        int n = 1 + 2 * channels;
        double[] sigma = new double[n * n];
        for (int i = 0; i < n; i++) {
            sigma[i * n + i] = 1;
        }
        int two = 1 + channels;
        sigma[0] = first * first + second * second + 2 * first * second * common + 1;
        put(sigma, n, 0, 1, first + second * common);
        put(sigma, n, 0, two, second + first * common);
        put(sigma, n, 1, two, common);
        return sigma;
    }

    private static void put(double[] matrix, int n, int i, int j, double value) {
        matrix[i * n + j] = value;
        matrix[j * n + i] = value;
    }

    Sample draw(Random random) {
        return forgetting || memory > 0 ? rows(random) : wishart(random);
    }

    /** T z for independent z: y's noise is last. */
    private void mix(double[] z, double[] row) {
        int two = 1 + channels;
        System.arraycopy(z, 0, row, 1, 2 * channels);
        row[two] = common * z[0] + Math.sqrt(1 - common * common) * z[channels];
        row[0] = first * row[1] + second * row[two] + z[2 * channels];
    }

    /**
     * The covariance of that many independent rows by Bartlett's decomposition: its factor has
     * normal entries below a diagonal of chi variables.
     */
    private Sample wishart(Random random) {
        int n = 1 + 2 * channels;
        double[][] bartlett = new double[n][n];
        double[][] mixed = new double[n][n];
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                bartlett[i][j] = random.nextGaussian();
            }
            bartlett[i][i] = Math.sqrt(chiSquare(random, samples - 1 - i));
        }
        double[] row = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                z[i] = bartlett[i][j];
            }
            mix(z, row);
            for (int i = 0; i < n; i++) {
                mixed[i][j] = row[i];
            }
        }
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += mixed[i][j] * mixed[k][j];
                }
                put(covariance, n, i, k, sum / samples);
            }
        }
        return new Sample(covariance, samples);
    }

    /** Twice a gamma variable of shape degrees/2, at least 1 (Marsaglia &amp; Tsang 2000). */
    private static double chiSquare(Random random, int degrees) {
        if (degrees == 1) {
            double normal = random.nextGaussian();
            return normal * normal;
        }
        double d = 0.5 * degrees - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                    return 2 * d * v;
                }
            }
        }
    }

    /** Row by row, in blocks; where rows depend on each other, what the blocks say about it. */
    private Sample rows(Random random) {
        int n = 1 + 2 * channels;
        // (1 + λ)/(1 − λ) = samples for weights λ^age, λ = 2^(−1/half-life)
        double lambda = (samples - 1.0) / (samples + 1.0);
        long halfLife =
                forgetting
                        ? Math.max(1, Math.round(1000 * Math.log(0.5) / Math.log(lambda)))
                        : Moments.NO_DECAY;
        int rows = forgetting ? (int) (WARM_UP * halfLife / 1000) : samples;
        Moments rolling = new Moments(n, halfLife);
        Moments block = new Moments(n, halfLife);
        SerialDependence dependence = new SerialDependence(forgetting ? 10 * halfLife : halfLife);
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = random.nextGaussian();
        }
        double[] row = new double[n];
        double fresh = Math.sqrt(1 - memory * memory);
        for (int r = 1; r <= rows; r++) {
            for (int i = 0; i < n; i++) {
                z[i] = memory * z[i] + fresh * random.nextGaussian();
            }
            mix(z, row);
            block.add(row, 1000L * r);
            if (r % BLOCK == 0 || r == rows) {
                rolling.merge(block);
                if (memory > 0 && r % BLOCK == 0) {
                    dependence.add(block, rolling);
                }
                block = new Moments(n, halfLife);
            }
        }
        double effective = rolling.effectiveSamples();
        return new Sample(
                rolling.covariance(),
                memory > 0 ? dependence.effectiveSamples(effective) : effective);
    }
}
