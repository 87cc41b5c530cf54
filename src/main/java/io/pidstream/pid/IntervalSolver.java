package io.pidstream.pid;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * Intervals for quantities that cannot be negative, by inversion of tests of level α = 1 −
 * confidence.
 *
 * <p>A value θ is in the interval unless the sample lies in its lower tail, of probability α w(θ),
 * or its upper tail, of probability α (1 − w(θ)). The weight w rises from 0 at θ = 0, where only a
 * sample that is too large speaks against θ, to ½ where θ is far from 0 by its own spread. So the
 * coverage is 1 − α for every θ, including 0, the interval is never empty, and it changes
 * continuously from one-sided to two-sided (the aim of Feldman &amp; Cousins 1998, without their
 * ordering). Both ends rise with the sample, because both edges of the accepted range rise with θ.
 */
final class IntervalSolver {
    private static final double SQRT_2 = 1.4142135623730951;

    private final double alpha;
    private final BrentSolver solver = new BrentSolver(1e-8, 1e-12, 1e-10);

    /**
     * @param confidence such as 0.95, in (0, 1)
     */
    IntervalSolver(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + ", must be between 0 and 1");
        }
        this.alpha = 1 - confidence;
    }

    /**
     * Two ends, nats.
     *
     * @param lower at least 0
     * @param upper at least the lower one
     */
    record Ends(double lower, double upper) {
        static final Ends ZERO = new Ends(0, 0);

        /** Of the lesser of two quantities, whichever it is. */
        static Ends ofLesser(Ends a, Ends b) {
            return new Ends(Math.min(a.lower, b.lower), Math.min(a.upper, b.upper));
        }

        /** Of the greater of two quantities, whichever it is. */
        static Ends ofGreater(Ends a, Ends b) {
            return new Ends(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper));
        }
    }

    /** Share of α in the lower tail, for a distance from 0 in standard deviations at 0. */
    private static double weight(double distance) {
        double square = distance * distance;
        return square > 1e12 ? 0.5 : 0.5 * square / (1 + square);
    }

    /**
     * The interval of an information.
     *
     * @param x its sample value, before bias correction, nats
     * @param law how that is distributed
     */
    Ends information(double x, SampleInformation law) {
        double perDeviation = 2 * law.samples() / Math.sqrt(2 * law.channels());
        DoubleUnaryOperator upperTail =
                theta -> 1 - law.below(x, theta) - alpha * (1 - weight(theta * perDeviation));
        DoubleUnaryOperator lowerTail =
                theta -> law.below(x, theta) - alpha * weight(theta * perDeviation);
        double spread = law.deviation(Math.max(0, x - law.bias()));
        return new Ends(
                lower(upperTail, Math.max(0, x - law.bias() - 2 * spread), spread, x),
                upper(lowerTail, Math.max(0, x - law.bias() + 2 * spread), spread));
    }

    /**
     * The interval of max(0, δ), where the estimate of δ is normal.
     *
     * @param estimate of δ, nats, of either sign
     * @param deviation its standard deviation, positive
     */
    Ends positivePart(double estimate, double deviation) {
        double x = estimate / deviation;
        DoubleUnaryOperator upperTail =
                t -> 0.5 * Erfc.value((x - t) / SQRT_2) - alpha * (1 - weight(t));
        DoubleUnaryOperator lowerTail = t -> 0.5 * Erfc.value((t - x) / SQRT_2) - alpha * weight(t);
        return new Ends(
                deviation * lower(upperTail, Math.max(0, x - 2), 1, Math.max(0, x)),
                deviation * upper(lowerTail, Math.max(0, x + 2), 1));
    }

    /** The θ in [0, most] where a rising function becomes 0, or 0 if it is not below 0 there. */
    private double lower(DoubleUnaryOperator rising, double guess, double step, double most) {
        if (rising.applyAsDouble(0) >= 0) {
            return 0;
        }
        double from = guess;
        double to = guess;
        if (guess > 0 && rising.applyAsDouble(guess) >= 0) {
            do {
                to = from;
                from = Math.max(0, from - step);
            } while (from > 0 && rising.applyAsDouble(from) >= 0);
        } else {
            do {
                from = to;
                to += step;
            } while (to < most && rising.applyAsDouble(to) < 0);
            to = Math.min(to, most);
        }
        return root(rising, from, to);
    }

    /** The θ where a function that becomes negative for good does so. */
    private double upper(DoubleUnaryOperator falling, double guess, double step) {
        double from = guess;
        double to = guess;
        if (guess > 0 && falling.applyAsDouble(guess) < 0) {
            do {
                to = from;
                from = Math.max(0, from - step);
            } while (from > 0 && falling.applyAsDouble(from) < 0);
        } else {
            do {
                from = to;
                to += step;
            } while (falling.applyAsDouble(to) >= 0);
        }
        return root(falling, from, to);
    }

    private double root(DoubleUnaryOperator function, double from, double to) {
        double atFrom = function.applyAsDouble(from);
        double atTo = function.applyAsDouble(to);
        // A sample of no information leaves the lower tail at 0 for every θ.
        return atFrom == 0
                ? from
                : atTo == 0 || atFrom * atTo > 0 ? to : solver.findRoot(function, from, to);
    }
}
