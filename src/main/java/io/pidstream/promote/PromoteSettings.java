package io.pidstream.promote;

import java.io.Serializable;

/**
 * Settings of the promotion stage.
 *
 * @param alpha probability that a candidate that is not better is promoted, or that one that is not
 *     worse is rejected as worse
 * @param regressionAlpha the same for the rollback from an active version to its predecessor, per
 *     monitoring round
 * @param warmUp number of instants at the start of a trial that are not counted
 * @param longest number of instants after which a candidate that is not proven better is rejected,
 *     and monitoring of the active version starts a new round
 * @param renewAfter number of instants after which a candidate that is ahead replaces the active
 *     version without proof; {@link #NEVER} to ask for proof in any case
 * @param lead delay from a decision until it takes effect, milliseconds of event time
 */
public record PromoteSettings(
        double alpha, double regressionAlpha, long warmUp, long longest, long lead, long renewAfter)
        implements Serializable {
    public static final long NEVER = Long.MAX_VALUE;

    public PromoteSettings {
        if (!(alpha > 0 && alpha < 1 && regressionAlpha > 0 && regressionAlpha < 1)) {
            throw new IllegalArgumentException(
                    "levels are " + alpha + " and " + regressionAlpha + ", must be in (0, 1)");
        }
        if (warmUp < 0 || longest <= warmUp || renewAfter <= warmUp || lead <= 0) {
            throw new IllegalArgumentException(
                    "warm-up is "
                            + warmUp
                            + ", the longest trial "
                            + longest
                            + ", a renewal after "
                            + renewAfter
                            + ", the lead "
                            + lead);
        }
    }
}
