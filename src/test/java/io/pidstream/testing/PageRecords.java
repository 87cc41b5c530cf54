package io.pidstream.testing;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.dashboard.Subject;
import io.pidstream.format.AvroTrust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records of a small fleet whose numbers follow from the slot alone. */
public final class PageRecords {
    static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    public static final List<String> MODALITIES = List.of("thermal", "vibration");
    public static final Subject SUBJECT =
            new Subject(
                    "plant",
                    "µm",
                    List.of("deviation"),
                    MODALITIES,
                    Duration.ofMinutes(1),
                    List.of(0.9));

    /** The same with three intervals. */
    public static final Subject NESTED =
            new Subject(
                    SUBJECT.name(),
                    SUBJECT.unit(),
                    SUBJECT.targets(),
                    MODALITIES,
                    SUBJECT.period(),
                    List.of(0.5, 0.8, 0.9));

    static {
        AvroTrust.establish();
    }

    private PageRecords() {}

    public static Instant time(int slot) {
        return START.plus(SUBJECT.period().multipliedBy(slot));
    }

    /** A slow swing and, on top of it, something that looks like chance and is none. */
    public static double truth(int slot) {
        return 20 + 8 * Math.sin(slot / 60.0) + 3 * Math.sin(slot * 1.7) + Math.sin(slot * 12.9);
    }

    public static Prediction prediction(String asset, int slot) {
        double thermal = 7 * Math.sin(slot / 60.0 + 0.05);
        double vibration = 2.4 * Math.sin(slot * 1.7 + 0.2);
        double sum = 20 + thermal + vibration;
        Prediction p = new Prediction();
        p.setAsset(asset);
        p.setTime(time(slot));
        p.setPrediction(sum);
        p.setLower(sum - 3.2);
        p.setUpper(sum + 3.2);
        p.setModelVersion(slot < 500 ? 0 : 1);
        p.setPresent(MODALITIES);
        p.setContributions(Map.of("thermal", thermal, "vibration", vibration));
        p.setBaseline(20);
        p.setExplanation(explanation(asset, slot, 0.8));
        p.setFurther(List.of());
        p.setExpectedError(expectedError(slot));
        p.setIntervals(List.of());
        p.setChannels(Map.of());
        p.setYardsticks(Map.of());
        p.setStatus(PredictionStatus.OK);
        return p;
    }

    /** In the unit of the target. */
    public static double expectedError(int slot) {
        return 0.9 + 0.3 * Math.sin(slot / 60.0);
    }

    /** The prediction with an interval of every level of {@link #NESTED}. */
    public static Prediction nested(Prediction p) {
        double middle = p.getPrediction();
        p.setIntervals(
                List.of(
                        new PredictionInterval(0.5, middle - 1, middle + 1),
                        new PredictionInterval(0.8, middle - 2, middle + 2),
                        new PredictionInterval(0.9, p.getLower(), p.getUpper())));
        return p;
    }

    public static Label label(String asset, int slot) {
        return new Label(asset, time(slot), time(slot), truth(slot), List.of());
    }

    /**
     * @param unique what only the thermal sensors know, bits
     */
    public static Explanation explanation(String asset, int slot, double unique) {
        double redundant = 0.3 + 0.05 * Math.sin(slot / 90.0);
        double synergistic = 0.4;
        double all = unique + redundant + synergistic;
        return Explanation.newBuilder()
                .setAsset(asset)
                .setTime(time(slot))
                .setModelVersion(0)
                .setStatus(ExplanationStatus.OK)
                .setDefinition("mmi")
                .setLabelledFrames(slot)
                .setEffectiveSamples(600)
                .setInformation(
                        Map.of(
                                "thermal",
                                unique + redundant,
                                "vibration",
                                redundant,
                                "thermal+vibration",
                                all))
                .setStandardError(Map.of())
                .setConditional(Map.of("thermal", unique + synergistic, "vibration", synergistic))
                .setShapley(
                        Map.of(
                                "thermal",
                                unique + (redundant + synergistic) / 2,
                                "vibration",
                                (redundant + synergistic) / 2))
                .setUnique(Map.of("thermal", unique, "vibration", 0.0))
                .setRedundant(redundant)
                .setSynergistic(synergistic)
                .setOneVsRest(Map.<String, OneVsRest>of())
                .build();
    }

    public static Alert alert(String asset, String modality, AlertState state) {
        return Alert.newBuilder()
                .setId("shift-" + asset)
                .setKind("CONTRIBUTION_SHIFT")
                .setState(state)
                .setAsset(asset)
                .setModality(modality)
                .setDirection("DOWN")
                .setChangeTime(time(700))
                .setOpenedAt(time(760))
                .setMessage(
                        "%s: %s contributes less information about deviation: 31 %% of 0.91 bits, previously 74 %% of 1.52 bits. On its own it is less informative than before."
                                .formatted(asset, modality))
                .setMeasures(
                        List.of(
                                new AlertMeasure(
                                        "share." + modality, "1", .74, .70, .78, .31, .24, .38),
                                new AlertMeasure("error", "", 1.4, 1.2, 1.6, 2.9, 2.4, 3.4)))
                .setPredictionsSuffered(true)
                .build();
    }

    public static ModelVersion version(long number, ModelState state, int slot) {
        return ModelVersion.newBuilder()
                .setVersion(number)
                .setState(state)
                .setCreatedAt(time(slot))
                .setEffectiveFrom(time(slot))
                .setModalities(List.of())
                .setConfigurationHash("")
                .setSha256("")
                .setReason("promoted: mean error 1.42 instead of 1.61 over 400 instants")
                .build();
    }
}
