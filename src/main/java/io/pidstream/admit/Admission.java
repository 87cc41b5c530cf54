package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.Fleet;
import io.pidstream.event.Modalities;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.Targets;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Admits valid records and turns all others into dead letters that say what is wrong.
 *
 * <p>A valid record has an asset, a configured modality with its number of channels, finite values
 * of magnitude at most {@value #LARGEST}, and times between 1970 and one day ahead of the wall
 * clock. A reading without any value is valid: its modality is absent.
 */
public final class Admission implements Serializable {
    private static final long serialVersionUID = 1;

    /** Values beyond this would overflow when squared and summed. */
    public static final double LARGEST = 1e100;

    /** Longest name of an asset, in characters. */
    public static final int LONGEST_ASSET = 1000;

    /** Largest permitted lead of a time over the wall clock. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int LONGEST_QUOTE = 60;

    private final Modalities modalities;
    private final List<String> targets;
    private final Clock clock;

    /**
     * @param modalities the configured modalities
     * @param targets names of the configured targets
     * @param clock the wall clock; must be serializable
     */
    public Admission(Modalities modalities, List<String> targets, Clock clock) {
        this.modalities = modalities;
        this.targets = List.copyOf(targets);
        this.clock = clock;
    }

    /** Admits a reading of any configured modality. */
    public Inbound admit(Reading reading, Origin origin) {
        return admit(reading, null, origin);
    }

    /**
     * @param expected the modality of the reading's topic; null for any
     */
    public Inbound admit(Reading reading, String expected, Origin origin) {
        Refusal refusal = check(reading, expected);
        return refusal == null ? Inbound.of(reading) : refuse(origin, refusal);
    }

    public Inbound admit(Label label, Origin origin) {
        Refusal refusal = check(label);
        if (refusal != null) {
            return refuse(origin, refusal);
        }
        return Inbound.of(
                new PlacedLabel(label, origin.topic(), origin.partition(), origin.offset()));
    }

    /**
     * A dead letter with the original bytes.
     *
     * @param problem what is wrong and what was expected; the rest of a sentence that begins with
     *     the origin
     */
    public static Inbound refuse(Origin origin, DeadLetterReason reason, String problem) {
        Map<String, ByteBuffer> headers = new HashMap<>();
        origin.headers().forEach((name, bytes) -> headers.put(name, ByteBuffer.wrap(bytes)));
        return Inbound.of(
                new DeadLetter(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        Instant.ofEpochMilli(origin.timestamp()),
                        reason,
                        origin.describe() + ": " + problem,
                        origin.key() == null ? null : ByteBuffer.wrap(origin.key()),
                        origin.value() == null ? null : ByteBuffer.wrap(origin.value()),
                        headers));
    }

    private static Inbound refuse(Origin origin, Refusal refusal) {
        return refuse(origin, refusal.reason(), refusal.problem());
    }

    private Refusal check(Reading reading, String expected) {
        Refusal asset = checkAsset(reading.getAsset());
        if (asset != null) {
            return asset;
        }
        String name = reading.getModality();
        int modality = modalities.indexOf(name);
        if (modality < 0 || (expected != null && !expected.equals(name))) {
            return new Refusal(
                    DeadLetterReason.UNKNOWN_MODALITY,
                    "modality is %s; expected %s"
                            .formatted(
                                    quote(name),
                                    expected != null
                                            ? expected + ", the modality of this topic"
                                            : "one of " + String.join(", ", modalities.names())));
        }
        Refusal time = checkTime("time", reading.getTime());
        return time != null ? time : checkValues(modality, reading.getValues());
    }

    private Refusal check(Label label) {
        Refusal refusal = checkAsset(label.getAsset());
        if (refusal == null) {
            refusal = checkTime("time", label.getTime());
        }
        if (refusal == null) {
            refusal = checkTime("recordedAt", label.getRecordedAt());
        }
        if (refusal == null && label.getRecordedAt().isBefore(label.getTime())) {
            refusal =
                    new Refusal(
                            DeadLetterReason.LABEL_BEFORE_ITS_TIME,
                            "recordedAt is %s; expected no earlier than time, %s"
                                    .formatted(label.getRecordedAt(), label.getTime()));
        }
        return refusal != null ? refusal : checkTargets(Targets.of(label));
    }

    private Refusal checkTargets(double[] values) {
        if (values.length != targets.size()) {
            return new Refusal(
                    DeadLetterReason.WRONG_CHANNEL_COUNT,
                    "the label has %d values; expected %d, one per target: %s"
                            .formatted(values.length, targets.size(), String.join(", ", targets)));
        }
        for (int t = 0; t < values.length; t++) {
            if (!isUsable(values[t])) {
                String what = values.length == 1 ? "value" : "target " + targets.get(t);
                return checkNumber(what, values[t], "");
            }
        }
        return null;
    }

    private static Refusal checkAsset(String asset) {
        if (asset.isBlank()) {
            return new Refusal(
                    DeadLetterReason.EMPTY_ASSET,
                    "asset is %s; expected the name of an asset".formatted(quote(asset)));
        }
        if (asset.length() > LONGEST_ASSET) {
            return new Refusal(
                    DeadLetterReason.OUT_OF_RANGE,
                    "asset has %d characters, %s; expected at most %d"
                            .formatted(asset.length(), quote(asset), LONGEST_ASSET));
        }
        return Fleet.is(asset)
                ? new Refusal(
                        DeadLetterReason.OTHER,
                        "asset is *; expected another name, * is reserved for the whole fleet")
                : null;
    }

    private Refusal checkTime(String field, Instant time) {
        long latest = Math.addExact(clock.millis(), AHEAD.toMillis());
        long millis = time.toEpochMilli();
        return millis < 0 || millis > latest
                ? new Refusal(
                        DeadLetterReason.TIME_OUT_OF_RANGE,
                        "%s is %s; expected from 1970 to %s, a day ahead of the wall clock"
                                .formatted(field, time, Instant.ofEpochMilli(latest)))
                : null;
    }

    private Refusal checkValues(int modality, List<Double> values) {
        List<String> channels = modalities.all().get(modality).channels();
        if (values.size() != channels.size()) {
            return new Refusal(
                    DeadLetterReason.WRONG_CHANNEL_COUNT,
                    "modality %s has %d values; expected %d, one per channel"
                            .formatted(
                                    modalities.all().get(modality).name(),
                                    values.size(),
                                    channels.size()));
        }
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            if (value != null && !isUsable(value)) {
                return checkNumber(
                        "channel " + channels.get(i), value, ", or null for a missing value");
            }
        }
        return null;
    }

    private static boolean isUsable(double value) {
        // False for NaN too.
        return Math.abs(value) <= LARGEST;
    }

    private static Refusal checkNumber(String what, double value, String orElse) {
        if (isUsable(value)) {
            return null;
        }
        return Double.isFinite(value)
                ? new Refusal(
                        DeadLetterReason.OUT_OF_RANGE,
                        "%s is %s; expected a magnitude of at most %s%s"
                                .formatted(what, value, LARGEST, orElse))
                : new Refusal(
                        DeadLetterReason.NOT_FINITE,
                        "%s is %s; expected a finite number%s".formatted(what, value, orElse));
    }

    private static String quote(String text) {
        return text.length() <= LONGEST_QUOTE
                ? "'" + text + "'"
                : "'" + text.substring(0, LONGEST_QUOTE) + "…'";
    }

    private record Refusal(DeadLetterReason reason, String problem) {}
}
