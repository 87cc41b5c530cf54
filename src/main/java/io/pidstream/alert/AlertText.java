package io.pidstream.alert;

import io.pidstream.avro.AlertMeasure;
import io.pidstream.detect.Contributions;
import io.pidstream.detect.Sample;
import io.pidstream.detect.Shift;
import io.pidstream.event.Fleet;
import java.time.Instant;
import java.util.Locale;

/** Alerts in plain words: what, which way, since when, why, and what it means for predictions. */
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
                        "%s: %s contributes %s to what is known about %s, %.0f %% of %.2f bits"
                                + " instead of %.0f %% of %.2f bits.",
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
                                    " Predictions became worse: mean error %.3g instead of %.3g.",
                                    after.mean(error), before.mean(error))
                            : " Predictions did not become clearly worse.");
        }
        return text.toString();
    }

    private static String because(Shift.Cause cause, boolean two) {
        String others = two ? "the other modality" : "the other modalities";
        return switch (cause) {
            case OWN_INFORMATION_FELL -> "By itself it knows less than before.";
            case OWN_INFORMATION_ROSE -> "By itself it knows more than before.";
            case OTHERS_INFORMATION_FELL -> "What changed is " + others + ", by knowing less.";
            case OTHERS_INFORMATION_ROSE -> "What changed is " + others + ", by knowing more.";
            case REDUNDANCY_TO_SYNERGY ->
                    "It shares less with "
                            + others
                            + " than before, and tells more together with them.";
            case SYNERGY_TO_REDUNDANCY ->
                    "It shares more with " + others + " than before, and tells less together.";
        };
    }

    static String modelRegressed(
            AlertSettings settings, String asset, AlertMeasure error, Instant since) {
        return format(
                "%s: predictions of %s have become worse, mean error %.3g instead of %.3g, since"
                        + " %s.",
                subject(asset), settings.target(), error.getAfter(), error.getBefore(), since);
    }

    static String channelFrozen(
            String asset, String channel, AlertMeasure movement, Instant since) {
        return format(
                "%s: channel %s has stopped moving since %s: from one value to the next it changes"
                        + " by %.2g instead of %.2g.",
                subject(asset), channel, since, movement.getAfter(), movement.getBefore());
    }

    static String modalityStalled(String asset, String modality, Instant since) {
        return "%s: nothing has come from %s since %s.".formatted(subject(asset), modality, since);
    }

    private static String subject(String asset) {
        return Fleet.is(asset) ? "the whole fleet" : asset;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** The share is estimated without bounds, so that its mean is right; in words it has them. */
    private static double percent(double share) {
        return 100 * Math.max(0, Math.min(1, share));
    }
}
