package io.pidstream.pid;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * Intervals for quantities that cannot be negative, by inversion of tests of level α = 1 −
 * confidence.
 *
 * <p>A value θ is in the interval unless the sample lies in its lower tail, of probability α w(θ),
 * or its upper tail, of probability α (1 − w(θ)). The weight w increases from 0 at θ = 0, where
 * only too large a sample is evidence against θ, to ½ where θ is many standard deviations from 0.
 * So the coverage is 1 − α for every θ, including 0, the interval is never empty, and it changes
 * continuously from one-sided to two-sided (the aim of Feldman &amp; Cousins 1998, without their
 * ordering). Both ends increase with the sample, because both limits of the acceptance region
 * increase with θ.
 */
final class IntervalSolver {
    /** Relative to the step for a root, absolute for the value of the function. */
    private static final double TOLERANCE = 1e-7;

    private static final double SMALLEST = 1e-300;
    private static final double SQRT_2 = 1.4142135623730951;

    private final double alpha;

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

        /** Ends for the minimum of two quantities. */
        static Ends ofLesser(Ends a, Ends b) {
            return new Ends(Math.min(a.lower, b.lower), Math.min(a.upper, b.upper));
        }

        /** Ends for the maximum of two quantities. */
        static Ends ofGreater(Ends a, Ends b) {
            return new Ends(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper));
        }
    }

    /** Share of α in the lower tail; the distance from 0 is in standard deviations at 0. */
    private static double weight(double distance) {
        double square = distance * distance;
        return square > 1e12 ? 0.5 : 0.5 * square / (1 + square);
    }

    /**
     * The interval of an information.
     *
     * @param x its sample value, before bias correction, nats
     * @param law distribution of the sample value
     */
    Ends information(double x, SampleInformation law) {
        // A sample value below the mean under independence does not prove independence.
        double atLeast = Math.max(x, law.bias());
        double perDeviation = 2 * law.samples() / Math.sqrt(2 * law.channels());
        DoubleUnaryOperator upperTail =
                theta -> 1 - law.below(x, theta) - alpha * (1 - weight(theta * perDeviation));
        DoubleUnaryOperator lowerTail =
                theta -> excess(law.below(atLeast, theta), alpha * weight(theta * perDeviation));
        double unbiased = Math.max(0, x - law.bias());
        double step = law.deviation(unbiased);
        return new Ends(
                lower(upperTail, shifted(unbiased, -2, law.samples()), step),
                upper(lowerTail, shifted(unbiased, 2, law.samples()), step));
    }

    /**
     * θ moved by a number of standard deviations, as the initial guess: with θ = ln cosh z, z is
     * the Fisher transform of the correlation, whose standard deviation is about 1/√n everywhere.
     */
    private static double shifted(double theta, double deviations, double samples) {
        double growth = StrictMath.exp(theta);
        double z = StrictMath.log(growth + Math.sqrt(Math.max(0, growth * growth - 1)));
        double moved = Math.max(0, z + deviations / Math.sqrt(samples));
        return StrictMath.log(StrictMath.cosh(moved));
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
                t -> excess(0.5 * Erfc.value((x - t) / SQRT_2), alpha * (1 - weight(t)));
        DoubleUnaryOperator lowerTail =
                t -> excess(0.5 * Erfc.value((t - x) / SQRT_2), alpha * weight(t));
        return new Ends(
                deviation * lower(upperTail, Math.max(0, x - 2), 0.5),
                deviation * upper(lowerTail, Math.max(0, x + 2), 0.5));
    }

    /** Logarithm of tail over level, which is nearly a parabola. */
    private static double excess(double tail, double level) {
        return StrictMath.log(Math.max(SMALLEST, tail) / Math.max(SMALLEST, level));
    }

    /** The root of an increasing function; 0 if the function is not negative at 0. */
    private static double lower(DoubleUnaryOperator rising, double guess, double step) {
        return crossing(theta -> -rising.applyAsDouble(theta), guess, step);
    }

    /** The last root of a function that is negative for all large θ. */
    private static double upper(DoubleUnaryOperator falling, double guess, double step) {
        return crossing(falling, guess, step);
    }

    /** The root, at least 0, of a decreasing function: first brackets it, then refines. */
    static double crossing(DoubleUnaryOperator falling, double guess, double step) {
        double from = guess;
        double to = guess;
        double atFrom = falling.applyAsDouble(guess);
        double atTo = atFrom;
        while (atFrom < 0) {
            if (from == 0) {
                return 0;
            }
            to = from;
            atTo = atFrom;
            from = Math.max(0, from - step);
            atFrom = falling.applyAsDouble(from);
        }
        while (atTo >= 0) {
            from = to;
            atFrom = atTo;
            to += step;
            atTo = falling.applyAsDouble(to);
        }
        return closeIn(falling, from, atFrom, to, atTo, TOLERANCE * step);
    }

    /** Regula falsi as modified by Anderson &amp; Björck (1973). */
    private static double closeIn(
            DoubleUnaryOperator falling,
            double from,
            double atFrom,
            double to,
            double atTo,
            double tolerance) {
        double a = from;
        double atA = atFrom;
        double b = to;
        double atB = atTo;
        // b is the latest point; the root lies between a and b.
        while (Math.abs(b - a) > tolerance && Math.abs(atB) > TOLERANCE) {
            double c = b - atB * (b - a) / (atB - atA);
            double atC = falling.applyAsDouble(c);
            if ((atC < 0) == (atB < 0)) {
                double share = 1 - atC / atB;
                atA *= share > 0 ? share : 0.5;
            } else {
                a = b;
                atA = atB;
            }
            b = c;
            atB = atC;
        }
        return b;
    }
}
