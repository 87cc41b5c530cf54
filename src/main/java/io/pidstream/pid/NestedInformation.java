package io.pidstream.pid;

import io.pidstream.pid.IntervalSolver.Ends;

/**
 * Intervals and standard errors of the information that a set of modalities has beyond a subset of
 * it. They are exact for Gaussian samples and a scalar target; for a target of several dimensions
 * they use a distribution of the same mean and variance. Each is computed on demand and cached. Not
 * thread-safe.
 */
final class NestedInformation {
    private static final double LN_2 = 0.6931471805599453;

    private final InformationCovariance covariance;
    private final IntervalSolver solver;
    private final double samples;
    private final ModalitySet all;

    /** By {@link ModalitySet#bits} of the whole, with the empty set as its part. */
    private final Known[] beyondNothing;

    /** By {@link ModalitySet#bits} of the part, with all modalities as the whole. */
    private final Known[] ofAll;

    /** Ends of an interval and the standard error, nats. */
    record Known(Ends ends, double deviation) {
        static final Known NOTHING = new Known(Ends.ZERO, 0);

        /** Extends the interval to the estimate, which was made monotone and not negative. */
        Estimate around(double bits) {
            return new Estimate(
                    bits,
                    deviation / LN_2,
                    Math.min(bits, ends.lower() / LN_2),
                    Math.max(bits, ends.upper() / LN_2));
        }
    }

    /**
     * @param samples effective number of samples, finite
     */
    NestedInformation(InformationCovariance covariance, IntervalSolver solver, double samples) {
        this.covariance = covariance;
        this.solver = solver;
        this.samples = samples;
        this.all = ModalitySet.all(covariance.modalities());
        this.beyondNothing = new Known[ModalitySet.count(covariance.modalities())];
        this.ofAll = new Known[ModalitySet.count(covariance.modalities())];
    }

    InformationCovariance covariance() {
        return covariance;
    }

    IntervalSolver solver() {
        return solver;
    }

    double samples() {
        return samples;
    }

    /** The information of a subset. */
    Known of(ModalitySet subset) {
        return of(subset, ModalitySet.NONE);
    }

    /** The information that a set has beyond a subset of it. */
    Known of(ModalitySet whole, ModalitySet part) {
        if (part.isEmpty()) {
            return of(beyondNothing, whole.bits(), whole, part);
        }
        return whole.equals(all) ? of(ofAll, part.bits(), whole, part) : compute(whole, part);
    }

    private Known of(Known[] known, int place, ModalitySet whole, ModalitySet part) {
        if (known[place] == null) {
            known[place] = compute(whole, part);
        }
        return known[place];
    }

    private Known compute(ModalitySet whole, ModalitySet part) {
        double channels = covariance.channels(whole) - covariance.channels(part);
        if (channels == 0) {
            return Known.NOTHING;
        }
        SampleInformation law =
                SampleInformation.ofTargets(
                        covariance.targets(), channels, samples - covariance.channels(part));
        double x = covariance.nats(whole, part);
        if (covariance.targets() > 1) {
            double unbiased =
                    x - covariance.natsBias(whole, samples) + covariance.natsBias(part, samples);
            double[] weights = new double[beyondNothing.length];
            weights[whole.bits()] = 1;
            weights[part.bits()] -= 1;
            law = law.matched(unbiased, covariance.natsVariance(weights));
            x = Math.max(0, unbiased + law.bias());
        }
        return new Known(solver.information(x, law), law.deviation(Math.max(0, x - law.bias())));
    }
}
