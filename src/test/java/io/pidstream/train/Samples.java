package io.pidstream.train;

import io.pidstream.avro.TrainingSample;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Training samples of a target that no linear function of the channels is close to. */
public final class Samples {
    public static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("mox", List.of("a", "b")),
                            new Modality("env", List.of("t"))));

    private Samples() {}

    /** Settings of a network that is trained in a moment. */
    static FineTuneSettings settings(int every, String artefacts, Integer... hidden) {
        TrainingSettings d = VersionKinds.of("pidreg").defaults("pidreg");
        return new FineTuneSettings(
                new EncodableModalities(MODALITIES, null),
                List.of("co"),
                new FineTuneSettings.Network("pidreg", 2, Arrays.asList(hidden), 1),
                new TrainingSettings(
                        40, 64, 5e-3, 0, false, 40, 0, 0, 0, false, 0, true, d.pieces()),
                7,
                "hash",
                "cpu",
                every,
                null,
                10_000,
                0,
                0.2,
                artefacts);
    }

    /** Settings of trees, all else as for networks. */
    static FineTuneSettings ofTrees() {
        return of("trees", VersionKinds.of("trees").defaults("trees"));
    }

    /** Settings of trees and a network that is trained in a moment. */
    static FineTuneSettings ofBoth() {
        return of("both", settings(1, null, 8).training());
    }

    private static FineTuneSettings of(String type, TrainingSettings training) {
        FineTuneSettings of = settings(1, null, 8);
        return new FineTuneSettings(
                of.modalities(),
                of.targets(),
                new FineTuneSettings.Network(type, 8, List.of(32), 4),
                training,
                of.seed(),
                of.configurationHash(),
                of.device(),
                of.every(),
                of.interval(),
                of.recent(),
                of.sample(),
                of.holdOut(),
                null);
    }

    /**
     * @param noise of the target; without much of it, a network beats a line
     */
    public static List<TrainingSample> nonlinear(int count, double noise) {
        Random random = new Random(5);
        List<TrainingSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double t = random.nextGaussian();
            double target = a * a + Math.abs(t) + 0.1 * b + noise * random.nextGaussian();
            samples.add(sample("x" + i % 3, i * 1000L, target, a, b, t));
        }
        return samples;
    }

    /** A target that a line predicts without an error. */
    static List<TrainingSample> linear(int count) {
        List<TrainingSample> samples = nonlinear(count, 0);
        samples.forEach(s -> s.setTarget(3 * s.getValues().get(0) - s.getValues().get(2)));
        return samples;
    }

    static List<TrainingSample> shuffled(List<TrainingSample> samples, long seed) {
        List<TrainingSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    static TrainingSample sample(String asset, long time, double target, Double... values) {
        return new TrainingSample(
                asset,
                Instant.ofEpochMilli(time),
                Instant.ofEpochMilli(time),
                target,
                null,
                0L,
                List.of("mox", "env"),
                Arrays.asList(values),
                List.of(),
                List.of(),
                List.of());
    }

    static LabelledRow row(String asset, long time) {
        return LabelledRow.of(sample(asset, time, time, 1.0, 2.0, 3.0), MODALITIES, 1)
                .orElseThrow();
    }

    static List<LabelledRow> rows(List<TrainingSample> samples) {
        return samples.stream()
                .map(sample -> LabelledRow.of(sample, MODALITIES, 1).orElseThrow())
                .sorted(LabelledRow.BY_TIME)
                .toList();
    }
}
