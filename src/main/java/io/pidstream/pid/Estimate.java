package io.pidstream.pid;

/**
 * An estimated amount of information, in bits, with its uncertainty.
 *
 * @param bits the estimate, as in the {@link Decomposition}
 * @param standardError its standard error; not 0 even if the estimate is 0, unless there is nothing
 *     to estimate
 * @param lower lower end of the interval, at least 0, at most the estimate
 * @param upper upper end of the interval, at least the estimate
 */
public record Estimate(double bits, double standardError, double lower, double upper) {
    /** Checks that the ends enclose the estimate. */
    public Estimate {
        if (!(lower >= 0 && lower <= bits && bits <= upper && standardError >= 0)) {
            throw new IllegalArgumentException(
                    "estimate "
                            + bits
                            + " ± "
                            + standardError
                            + " has the interval "
                            + lower
                            + " to "
                            + upper);
        }
    }

    /** An estimate without uncertainty, of an exact covariance. */
    static Estimate exact(double bits) {
        return new Estimate(bits, 0, bits, bits);
    }

    /** Whether an amount lies in the interval, its ends included. */
    public boolean contains(double amount) {
        return lower <= amount && amount <= upper;
    }
}
