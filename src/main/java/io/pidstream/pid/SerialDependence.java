package io.pidstream.pid;

import io.pidstream.stats.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The number of dependent samples that are worth one independent sample, estimated from the scatter
 * of the means of successive blocks. Rows of a time series contain less information than the same
 * number of independent rows.
 *
 * <p>The error of the joint information consists of the means of three products: of the whitened
 * channels with the residual (the scores of the regression), with the share 1 − R² of the variance,
 * and of the squares of the fit and of the residual, with R²/2 each. For independent samples the
 * mean of a product over a block of m samples has 1/m of the product's variance. The ratio of the
 * observed variance to that, averaged over channels and blocks, is the variance inflation. This is
 * the batch means method (Law &amp; Carson 1979), pooled over channels, so it is usable after few
 * blocks.
 *
 * <p>Limits: dependence over longer times than a block is found only in part. A block should be at
 * least ten times as long as the correlation time of the rows. If there are hardly more effective
 * samples than channels, the inflation cannot be determined, and the result is the smallest
 * inflation that is compatible with the blocks.
 *
 * <p>Not thread-safe.
 */
public final class SerialDependence {
    private static final byte VERSION = 1;

    /** A block is not informative with less than this share of new data against its reference. */
    private static final double LEAST_NEWS = 0.05;

    /**
     * The regression adapts to the block, which reduces the ratio by 1.5 (inflation − 1) d (3 w −
     * 2/n), where w is the weight of one sample of the block in the reference, 1/n without
     * forgetting. This is the first order, for correlations that decay exponentially and slowly.
     */
    private static final double ADAPTATION = 1.5;

    /** Of [ratio, d (3 w − 2/n)]. */
    private final Moments ratios;

    /**
     * An estimate without blocks.
     *
     * @param halfLifeMillis half-life of the weight of a block, milliseconds of event time; {@link
     *     Moments#NO_DECAY} for none. Should be longer than that of the moments, because serial
     *     dependence changes more slowly and more blocks make the estimate more accurate
     */
    public SerialDependence(long halfLifeMillis) {
        this(new Moments(2, halfLifeMillis));
    }

    private SerialDependence(Moments ratios) {
        this.ratios = ratios;
    }

    /**
     * Adds a block. A block that is most of its reference, such as the first, is not informative
     * and is ignored, and so is a block whose reference has a constant target or a target that is a
     * function of the channels.
     *
     * @param block moments of the block's samples, [target, channels]
     * @param reference moments of this block and the blocks before it, as of the same time; the
     *     block is compared with their regression
     */
    public void add(Moments block, Moments reference) {
        if (block.dimension() != reference.dimension() || block.dimension() < 2) {
            throw new IllegalArgumentException(
                    "block has dimension "
                            + block.dimension()
                            + ", its reference "
                            + reference.dimension());
        }
        double samples = block.effectiveSamples();
        double share = block.weight() / reference.weight();
        // Variance of (block mean − reference mean), relative to that of the block mean.
        double news = 1 - 2 * share + samples / reference.effectiveSamples();
        if (!(news > LEAST_NEWS) || reference.covariance(0, 0) < Double.MIN_NORMAL) {
            return;
        }
        double ratio = ratio(block, reference);
        if (Double.isFinite(ratio)) {
            double adapted =
                    (block.dimension() - 1)
                            * (3 * share / samples - 2 / reference.effectiveSamples());
            ratios.add(new double[] {samples * ratio / news, adapted}, block.asOf());
        }
    }

    /** Sum of squared deviations of the block means over the variance of an independent sample. */
    private static double ratio(Moments block, Moments reference) {
        int n = block.dimension();
        double[] correlation = standardised(reference.covariance(), reference, new double[n]);
        SubsetFit fit = SubsetFit.empty(correlation, n, 1).with(1, n);
        double explained = fit.explained();
        double unexplained = 1 - explained;
        if (fit.rank() == 0 || !(unexplained > Channels.DEPENDENT)) {
            return Double.NaN;
        }
        double[] ahead = block.mean();
        for (int i = 0; i < n; i++) {
            ahead[i] -= reference.mean(i);
        }
        double[] products = standardised(block.covariance(), reference, ahead);
        double[] residual = fit.coefficients(0);
        double[] fitted = times(products, residual);
        double fitSquare = dot(residual, fitted) / explained;
        for (int i = 0; i < n; i++) {
            residual[i] = i == 0 ? 1 : -residual[i];
        }
        double[] withResidual = times(products, residual);
        double residualSquare = dot(residual, withResidual) / unexplained;
        double[] scores = fit.whiten(withResidual);
        double score = dot(scores, scores) / (unexplained * fit.rank());
        double fitError = explained > 0 ? 0.5 * (fitSquare - 1) * (fitSquare - 1) : 0;
        double residualError = 0.5 * (residualSquare - 1) * (residualSquare - 1);
        return unexplained * score + 0.5 * explained * (fitError + residualError);
    }

    /** (C + δδᵀ) in units of the reference's deviations; constant variables become 0. */
    private static double[] standardised(double[] covariance, Moments reference, double[] ahead) {
        int n = ahead.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            double variance = reference.covariance(i, i);
            scale[i] = variance < Double.MIN_NORMAL ? 0 : 1 / Math.sqrt(variance);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] =
                        (covariance[i * n + j] * scale[i]) * scale[j]
                                + (ahead[i] * scale[i]) * (ahead[j] * scale[j]);
            }
        }
        return covariance;
    }

    private static double[] times(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product[i] += matrix[i * n + j] * vector[j];
            }
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Adds all blocks of another estimate, of the same stream or of a stream of the same kind. */
    public void merge(SerialDependence other) {
        ratios.merge(other.ratios);
    }

    /** Number of informative blocks. */
    public long blocks() {
        return ratios.count();
    }

    /**
     * The variance inflation: the number of samples that are worth one independent sample. At least
     * 1, so that the effective number never exceeds the number of samples.
     *
     * @throws IllegalStateException before the first informative block
     */
    public double inflation() {
        if (ratios.count() == 0) {
            throw new IllegalStateException(
                    "the variance inflation is unknown: there is no informative block");
        }
        // ratio = x (1 − a (x − 1)), whose maximum is halfway between its roots.
        double ratio = ratios.mean(0);
        double a = Math.max(1e-12, ADAPTATION * ratios.mean(1));
        double discriminant = (1 + a) * (1 + a) - 4 * a * ratio;
        double inflation = 2 * ratio / (1 + a + Math.sqrt(Math.max(0, discriminant)));
        return Math.max(1, discriminant < 0 ? (1 + a) / (2 * a) : inflation);
    }

    /**
     * The equivalent number of independent samples, for {@link GaussianPid#decompose}: with it
     * bias, standard errors and intervals account for the dependence.
     *
     * @param samples effective number of samples without regard to dependence
     * @throws IllegalStateException before the first informative block
     */
    public double effectiveSamples(double samples) {
        return samples / inflation();
    }

    /** Writes the state. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        ratios.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote, bit for bit.
     *
     * @throws IOException if the format version is not known or the input ends early
     */
    public static SerialDependence readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "serial dependence has format version "
                            + version
                            + ", this code reads "
                            + VERSION);
        }
        return new SerialDependence(Moments.readFrom(in));
    }

    /** Whether all state is the same, bit for bit. */
    @Override
    public boolean equals(Object o) {
        return o instanceof SerialDependence that && ratios.equals(that.ratios);
    }

    @Override
    public int hashCode() {
        return ratios.hashCode();
    }

    @Override
    public String toString() {
        return "SerialDependence[blocks="
                + blocks()
                + (blocks() == 0 ? "" : ", inflation=" + inflation())
                + "]";
    }
}
