package io.pidstream.yardstick;

import java.util.Locale;

/**
 * What predictions save against the yardstick of the smallest mean absolute error on the same
 * labels.
 *
 * @param against that yardstick
 * @param share of its mean absolute error that is saved, 1 − MAE / its MAE; negative if predictions
 *     are worse, NaN or −∞ if it is without error
 * @param bits binary logarithm of the ratio of its root mean square error to that of the
 *     predictions
 * @param beatsLastLabel whether predictions have a smaller mean absolute error than the last label
 */
public record Skill(Yardstick against, double share, double bits, boolean beatsLastLabel) {
    /** A loss that rounds to 0.0 %. */
    private static final double LEVEL = 0.0005;

    /** Whether predictions are worth it, as one plain sentence. */
    public String sentence() {
        if (share > 0) {
            return String.format(
                    Locale.ROOT,
                    "Predictions save %.1f %% of the error of the %s (%.2f bit by squared error).",
                    100 * share,
                    against,
                    bits);
        }
        String start =
                against == Yardstick.LAST_LABEL
                        ? "Repeating the last label does as well:"
                        : "Predictions do not beat the %s%s:"
                                .formatted(against, beatsLastLabel ? "" : ", nor the last label");
        return start + " " + loss();
    }

    /** The same in few words, to follow "predictions have". */
    public String brief() {
        if (!Double.isFinite(share)) {
            return "some error, the %s has none".formatted(against);
        }
        return String.format(
                Locale.ROOT,
                "%.1f%% %s error than the %s (%.2f bit)",
                100 * Math.abs(share),
                share > 0 ? "less" : "more",
                against,
                bits);
    }

    private String loss() {
        if (!Double.isFinite(share)) {
            return "it is without error.";
        }
        return -share < LEVEL
                ? "its error is the same."
                : String.format(
                        Locale.ROOT,
                        "the error of predictions is %.1f %% larger (%.2f bit by squared error).",
                        -100 * share,
                        bits);
    }
}
