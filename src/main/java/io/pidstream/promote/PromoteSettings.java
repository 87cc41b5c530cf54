package io.pidstream.promote;

import java.io.Serializable;

/**
 * How versions are promoted.
 *
 * @param alpha probability with which a candidate that is not better is promoted, or one that is
 *     not worse is rejected as worse
 * @param regressionAlpha the same for the return from an active version to the one before it, per
 *     watch
 * @param warmUp instants of a trial that do not count
 * @param longest instants after which a candidate that is not shown to be better is rejected, and a
 *     watch of the active version begins anew
 * @param lead from a decision until it holds, milliseconds of event time
 */
public record PromoteSettings(
        double alpha, double regressionAlpha, long warmUp, long longest, long lead)
        implements Serializable {
    public PromoteSettings {
        if (!(alpha > 0 && alpha < 1 && regressionAlpha > 0 && regressionAlpha < 1)) {
            throw new IllegalArgumentException(
                    "levels are " + alpha + " and " + regressionAlpha + ", must be in (0, 1)");
        }
        if (warmUp < 0 || longest <= warmUp || lead <= 0) {
            throw new IllegalArgumentException(
                    "warm-up is "
                            + warmUp
                            + ", the longest trial "
                            + longest
                            + ", the lead "
                            + lead);
        }
    }
}
