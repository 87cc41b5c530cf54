package io.pidstream.alert;

import io.pidstream.avro.AlertMeasure;
import io.pidstream.detect.Contributions;
import io.pidstream.detect.Sample;
import io.pidstream.detect.Shift;
import io.pidstream.event.Fleet;
import java.time.Instant;
import java.util.Locale;

/**
 * Alert sentences: what shifted, in which direction, since when, why, and the effect on
 * predictions.
 */
final class AlertText {
    private AlertText() {}

    static String contributionShift(
            AlertSettings settings,
            String asset,
            Contributions columns,
            Shift shift,
            Sample before,
            Sample after,
            Boolean suffered) {
        int share = columns.share(shift.modality());
        int all = columns.information(columns.all());
        String modality = settings.modalities().get(shift.modality());
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%s: %s contributes %s information about %s: %.0f %% of %.2f bits,"
                                + " previously %.0f %% of %.2f bits.",
                        subject(asset),
                        modality,
                        shift.up() ? "more" : "less",
                        settings.target(),
                        percent(after.mean(share)),
                        Math.max(0, after.mean(all)),
                        percent(before.mean(share)),
                        Math.max(0, before.mean(all))));
        text.append(' ').append(because(shift.cause(), columns.modalities() == 2));
        if (suffered != null) {
            int error = columns.absoluteError();
            text.append(
                    suffered
                            ? format(
                                    " Predictions got worse: mean absolute error %.3g, previously"
                                            + " %.3g.",
                                    after.mean(error), before.mean(error))
                            : " Predictions did not get significantly worse.");
        }
        return text.toString();
    }

    private static String because(Shift.Cause cause, boolean two) {
        String others = two ? "the other modality" : "the other modalities";
        return switch (cause) {
            case OWN_INFORMATION_FELL -> "On its own it is less informative than before.";
            case OWN_INFORMATION_ROSE -> "On its own it is more informative than before.";
            case OTHERS_INFORMATION_FELL ->
                    "The cause is that " + others + " became less informative.";
            case OTHERS_INFORMATION_ROSE ->
                    "The cause is that " + others + " became more informative.";
            case REDUNDANCY_TO_SYNERGY ->
                    "It shares less information with "
                            + others
                            + " than before; more is available only in combination.";
            case SYNERGY_TO_REDUNDANCY ->
                    "It shares more information with "
                            + others
                            + " than before; less is available only in combination.";
        };
    }

    static String modelRegressed(
            AlertSettings settings, String asset, AlertMeasure error, Instant since) {
        return format(
                "%s: predictions of %s have been worse since %s: mean absolute error %.3g,"
                        + " previously %.3g.",
                subject(asset), settings.target(), since, error.getAfter(), error.getBefore());
    }

    static String channelFrozen(
            String asset, String channel, AlertMeasure movement, Instant since) {
        return format(
                "%s: channel %s has been frozen since %s: typical step between consecutive values"
                        + " %.2g, previously %.2g.",
                subject(asset), channel, since, movement.getAfter(), movement.getBefore());
    }

    static String modalityStalled(String asset, String modality, Instant since) {
        return "%s: no data from %s since %s.".formatted(subject(asset), modality, since);
    }

    private static String subject(String asset) {
        return Fleet.is(asset) ? "the whole fleet" : asset;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /**
     * Percentage for display. The estimate is not bounded, so that its mean is unbiased; the text
     * is.
     */
    private static double percent(double share) {
        return 100 * Math.max(0, Math.min(1, share));
    }
}
