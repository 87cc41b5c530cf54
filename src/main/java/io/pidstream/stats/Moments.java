package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * Weight, mean and co-moment matrix of d variables, with weights that decay by event time: at time
 * {@code asOf} a sample of time t weighs 2^(−(asOf − t) / halfLife). Because the decay is by time
 * and not by count, moments merge and do not depend on the order of arrival.
 *
 * <p>Stored values are relative to the start of the newest sample's half-life interval, an exact
 * multiple of the half-life. So decay costs nothing, and moving to a later interval multiplies by a
 * power of two, which is exact. Updates follow Welford and Chan, Golub &amp; LeVeque (1983): raw
 * sums are never subtracted.
 *
 * <p>Not thread-safe.
 */
public final class Moments {
    /** Half-life of weights that never decay. */
    public static final long NO_DECAY = HalfLife.INFINITE;

    private static final byte VERSION = 1;

    private final int dimension;
    private final HalfLife halfLife;

    private long asOf = Long.MIN_VALUE;
    private long count;

    // Invariant: count = 0, or weight >= 1, because the newest sample weighs 1 to 2 relative to its
    // own interval.
    private long epoch;
    private double weight;
    private double squaredWeight;
    private final double[] mean;

    private final PackedSymmetric coMoment;

    private final double[] delta;

    // Cached weight of the newest time, as several samples often have the same time.
    private long weighed;
    private double weightOfWeighed;

    /**
     * Moments of no samples.
     *
     * @param dimension number of variables, at least 1
     * @param halfLifeMillis half-life of the weights in milliseconds of event time; {@link
     *     #NO_DECAY} for none
     */
    public Moments(int dimension, long halfLifeMillis) {
        if (dimension < 1) {
            throw new IllegalArgumentException(
                    "dimension is " + dimension + ", must be at least 1");
        }
        this.dimension = dimension;
        this.halfLife = new HalfLife(halfLifeMillis);
        this.mean = new double[dimension];
        this.coMoment = new PackedSymmetric(dimension);
        this.delta = new double[dimension];
        this.weightOfWeighed = halfLife.weightWithin(weighed);
    }

    /**
     * Adds one sample. A newer time advances {@link #asOf()}; an older sample enters with its
     * decayed weight.
     *
     * @param x the sample, [d], finite
     * @param time event time in milliseconds
     * @throws IllegalArgumentException if the length is wrong or a value is not finite; the moments
     *     are unchanged then
     */
    public void add(double[] x, long time) {
        requireSample(x);
        double sampleWeight = weightWithin(time);
        double scale = 1;
        long ahead = HalfLife.between(epoch, halfLife.number(time));
        if (count == 0 || ahead > 0) {
            epoch = halfLife.number(time);
            scale = rescaleWeights(ahead);
        } else {
            sampleWeight *= HalfLife.power(ahead);
        }
        asOf = Math.max(asOf, time);
        count++;
        if (weight == 0) {
            restartAt(x, sampleWeight);
        } else if (sampleWeight > 0) {
            update(x, sampleWeight, scale);
        }
    }

    private double weightWithin(long time) {
        if (time != weighed) {
            weighed = time;
            weightOfWeighed = halfLife.weightWithin(time);
        }
        return weightOfWeighed;
    }

    private double rescaleWeights(long halfLives) {
        double scale = HalfLife.power(-halfLives);
        weight *= scale;
        // Two factors, because the square of the scale may underflow when the product does not.
        squaredWeight = squaredWeight * scale * scale;
        return scale;
    }

    private void restartAt(double[] x, double sampleWeight) {
        System.arraycopy(x, 0, mean, 0, dimension);
        coMoment.clear();
        weight = sampleWeight;
        squaredWeight = sampleWeight * sampleWeight;
    }

    private void update(double[] x, double sampleWeight, double scale) {
        double total = weight + sampleWeight;
        double gain = sampleWeight / total;
        for (int i = 0; i < dimension; i++) {
            delta[i] = x[i] - mean[i];
            mean[i] += gain * delta[i];
        }
        // C <- sC + (W w / (W + w)) δδᵀ
        coMoment.scaleAndAddOuter(scale, weight * gain, delta);
        weight = total;
        squaredWeight += sampleWeight * sampleWeight;
    }

    /**
     * Advances {@link #asOf()} to a later time; an earlier time has no effect. Only {@link
     * #weight()} changes; mean, covariance and effective number of samples do not.
     *
     * @param time event time in milliseconds
     */
    public void decayTo(long time) {
        asOf = Math.max(asOf, time);
    }

    /**
     * Adds all samples of other moments, which are not changed. The result is as of the later of
     * both times.
     *
     * @param other moments of the same dimension and half-life
     */
    public void merge(Moments other) {
        if (other.dimension != dimension || !other.halfLife.equals(halfLife)) {
            throw new IllegalArgumentException(
                    "cannot merge moments of dimension "
                            + other.dimension
                            + ", half-life "
                            + other.halfLife.millis()
                            + " ms into dimension "
                            + dimension
                            + ", half-life "
                            + halfLife.millis()
                            + " ms");
        }
        asOf = Math.max(asOf, other.asOf);
        if (other.count == 0) {
            return;
        }
        long ahead = count == 0 ? 0 : HalfLife.between(epoch, other.epoch);
        double scale = 1;
        double otherScale = 1;
        if (count == 0 || ahead > 0) {
            epoch = other.epoch;
            scale = rescaleWeights(ahead);
        } else {
            otherScale = HalfLife.power(ahead);
        }
        count += other.count;
        combine(other, scale, otherScale);
    }

    private void combine(Moments other, double scale, double otherScale) {
        double otherWeight = otherScale * other.weight;
        double total = weight + otherWeight;
        // Chan: C <- sC + s'C' + (W W' / (W + W')) δδᵀ, δ = mean' - mean
        double gain = otherWeight / total;
        for (int i = 0; i < dimension; i++) {
            delta[i] = weight == 0 ? 0 : other.mean[i] - mean[i];
            mean[i] = weight == 0 ? other.mean[i] : mean[i] + gain * delta[i];
        }
        coMoment.scaleAndAddOuter(scale, weight * gain, delta);
        coMoment.add(otherScale, other.coMoment);
        weight = total;
        squaredWeight += other.squaredWeight * otherScale * otherScale;
    }

    /**
     * The moments of some of the variables, in the order given.
     *
     * @param indices indices of variables, each in [0, d)
     */
    public Moments marginal(int[] indices) {
        Moments marginal = new Moments(indices.length, halfLife.millis());
        marginal.copyWeights(this);
        for (int a = 0; a < indices.length; a++) {
            marginal.mean[a] = mean[Objects.checkIndex(indices[a], dimension)];
            for (int b = a; b < indices.length; b++) {
                marginal.coMoment.set(a, b, coMoment.get(indices[a], indices[b]));
            }
        }
        return marginal;
    }

    /** An independent copy. */
    public Moments copy() {
        Moments copy = new Moments(dimension, halfLife.millis());
        copy.copyWeights(this);
        System.arraycopy(mean, 0, copy.mean, 0, dimension);
        copy.coMoment.copyFrom(coMoment);
        return copy;
    }

    private void copyWeights(Moments from) {
        asOf = from.asOf;
        count = from.count;
        epoch = from.epoch;
        weight = from.weight;
        squaredWeight = from.squaredWeight;
    }

    /** Number of variables d. */
    public int dimension() {
        return dimension;
    }

    /** Half-life of the weights, milliseconds of event time. */
    public long halfLifeMillis() {
        return halfLife.millis();
    }

    /**
     * The event time, in milliseconds, to which the weights have decayed; {@code Long.MIN_VALUE}
     * before any.
     */
    public long asOf() {
        return asOf;
    }

    /** Number of samples ever added or merged, not decayed. */
    public long count() {
        return count;
    }

    /** Sum of the weights as of {@link #asOf()}: 1 for one sample of that time. */
    public double weight() {
        if (count == 0) {
            return 0;
        }
        return weight
                / weightWithin(asOf)
                * HalfLife.power(HalfLife.between(halfLife.number(asOf), epoch));
    }

    /**
     * Effective number of samples (Σw)² / Σw² (Kish 1965), invariant under decay; 0 without
     * samples.
     */
    public double effectiveSamples() {
        return count == 0 ? 0 : weight * (weight / squaredWeight);
    }

    /**
     * Effective number of samples of several moments, as if they were merged.
     *
     * @param parts moments of one half-life
     */
    public static double effectiveSamples(Collection<Moments> parts) {
        long latest = Long.MIN_VALUE;
        for (Moments part : parts) {
            latest = part.count == 0 ? latest : Math.max(latest, part.epoch);
        }
        double sum = 0;
        double squares = 0;
        for (Moments part : parts) {
            if (part.count > 0) {
                double scale = HalfLife.power(HalfLife.between(latest, part.epoch));
                sum += scale * part.weight;
                squares += part.squaredWeight * scale * scale;
            }
        }
        return sum == 0 ? 0 : sum * (sum / squares);
    }

    /**
     * Weighted mean of variable i.
     *
     * @throws IllegalStateException without samples
     */
    public double mean(int i) {
        requireSamples();
        return mean[i];
    }

    /**
     * Weighted means, [d], a copy.
     *
     * @throws IllegalStateException without samples
     */
    public double[] mean() {
        requireSamples();
        return mean.clone();
    }

    /**
     * Weighted covariance Σ w (xᵢ − meanᵢ)(xⱼ − meanⱼ) / Σ w.
     *
     * @throws IllegalStateException without samples
     */
    public double covariance(int i, int j) {
        requireSamples();
        return coMoment.get(Objects.checkIndex(i, dimension), Objects.checkIndex(j, dimension))
                / weight;
    }

    /**
     * Weighted covariance matrix, [d, d] row-major.
     *
     * @throws IllegalStateException without samples
     */
    public double[] covariance() {
        requireSamples();
        requireVariances();
        double[] covariance = new double[dimension * dimension];
        coMoment.unpackDivided(weight, covariance);
        return covariance;
    }

    /** Writes the weighted covariance's upper triangle, row by row, into the start of an array. */
    void packedCovariance(double[] into) {
        requireSamples();
        requireVariances();
        coMoment.copyDivided(weight, into);
    }

    private void requireSamples() {
        if (count == 0) {
            throw new IllegalStateException("moments of no samples have no mean and no covariance");
        }
    }

    /** Symmetry holds by construction: only one triangle is stored. */
    private void requireVariances() {
        for (int i = 0; i < dimension; i++) {
            double sum = coMoment.get(i, i);
            if (sum < 0 || !(weight > 0)) {
                throw new BrokenInvariant(
                        "variance of variable %d is %s / %s; expected a number from 0",
                        i, sum, weight);
            }
        }
    }

    private void requireSample(double[] x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException(
                    "sample has " + x.length + " values, expected " + dimension);
        }
        for (int i = 0; i < dimension; i++) {
            if (!Double.isFinite(x[i])) {
                throw new IllegalArgumentException("value " + i + " of the sample is " + x[i]);
            }
        }
    }

    /**
     * Writes the state: format version, shape, times, weights, mean [d], co-moment [d (d + 1) / 2].
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(dimension);
        out.writeLong(halfLife.millis());
        out.writeLong(asOf);
        out.writeLong(count);
        out.writeLong(epoch);
        out.writeDouble(weight);
        out.writeDouble(squaredWeight);
        Doubles.write(out, mean);
        coMoment.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote, bit for bit.
     *
     * @throws IOException if the format version is not known or the input ends early
     */
    public static Moments readFrom(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "moments have format version " + version + ", this code reads " + VERSION);
        }
        Moments moments = new Moments(in.readInt(), in.readLong());
        moments.asOf = in.readLong();
        moments.count = in.readLong();
        moments.epoch = in.readLong();
        moments.weight = in.readDouble();
        moments.squaredWeight = in.readDouble();
        Doubles.read(in, moments.mean);
        moments.coMoment.readFrom(in);
        return moments;
    }

    /** Whether all state is the same, bit for bit. */
    @Override
    public boolean equals(Object o) {
        return o instanceof Moments that
                && dimension == that.dimension
                && halfLife.equals(that.halfLife)
                && asOf == that.asOf
                && count == that.count
                && epoch == that.epoch
                && Double.compare(weight, that.weight) == 0
                && Double.compare(squaredWeight, that.squaredWeight) == 0
                && Arrays.equals(mean, that.mean)
                && coMoment.equals(that.coMoment);
    }

    @Override
    public int hashCode() {
        int hash = Objects.hash(dimension, halfLife, asOf, count, epoch, weight, squaredWeight);
        return 31 * (31 * hash + Arrays.hashCode(mean)) + coMoment.hashCode();
    }

    @Override
    public String toString() {
        return "Moments[dimension="
                + dimension
                + ", count="
                + count
                + ", asOf="
                + asOf
                + ", effectiveSamples="
                + effectiveSamples()
                + "]";
    }
}
