package io.pidstream.notify;

import io.pidstream.avro.Alert;
import java.util.Locale;

/**
 * Where the page of runbooks tells what to do about an alert, and the first thing to look at.
 *
 * @param anchor of the page; empty for its beginning
 * @param advice one sentence
 */
record Runbook(String anchor, String advice) {
    /** The runbook of an alert; a general one for kinds that this program does not know. */
    static Runbook of(Alert alert) {
        String kind = alert.getKind();
        return switch (kind) {
            case "CONTRIBUTION_SHIFT" -> ofCause(alert);
            case "CHANNEL_FROZEN" ->
                    of(
                            kind,
                            "First look at the sensor of %s and the line to it: it repeats a"
                                    + " value.",
                            alert.getChannel());
            case "MODALITY_STALLED" ->
                    of(
                            kind,
                            "First see whether anything sends readings of %s, then look at its"
                                    + " sensors.",
                            alert.getModality());
            case "MODEL_REGRESSED" ->
                    of(
                            kind,
                            "First look at other alerts of the same asset and time, then at the"
                                    + " labels: are they still those of this target?");
            default -> new Runbook("", "First look at the explanation page at that time.");
        };
    }

    private static Runbook ofCause(Alert alert) {
        String cause = alert.getCause() == null ? "" : alert.getCause();
        String modality = alert.getModality();
        return switch (cause) {
            case "OWN_INFORMATION_FELL" ->
                    of(
                            cause,
                            "First look at the sensors of %s: loose, dirty, drifted or replaced?",
                            modality);
            case "OWN_INFORMATION_ROSE" ->
                    of(
                            cause,
                            "First see what was done to %s at that time: a repair, a calibration,"
                                    + " another way of operation.",
                            modality);
            case "OTHERS_INFORMATION_FELL" ->
                    of(
                            cause,
                            "First look at the sensors of the others, not at those of %s.",
                            modality);
            case "OTHERS_INFORMATION_ROSE" ->
                    of(
                            cause,
                            "First see what was done to the others at that time; %s itself has not"
                                    + " changed.",
                            modality);
            case "REDUNDANCY_TO_SYNERGY", "SYNERGY_TO_REDUNDANCY" ->
                    of(
                            cause,
                            "First see whether the process or its load changed at that time: %s"
                                    + " and the others relate to each other differently.",
                            modality);
            default ->
                    of(alert.getKind(), "First look at the channels of %s at that time.", modality);
        };
    }

    private static Runbook of(String name, String advice, Object... names) {
        return new Runbook(
                name.toLowerCase(Locale.ROOT).replace('_', '-'), advice.formatted(names));
    }
}
