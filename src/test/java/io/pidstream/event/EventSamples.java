package io.pidstream.event;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.pid.ModalitySet;
import io.pidstream.testing.FullRecords;
import io.pidstream.testing.StateSamples;
import io.pidstream.yardstick.YardstickForecasts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Samples of what travels between stages. */
public final class EventSamples {
    public static final EncodedFrame TRAINED =
            new EncodedFrame(
                    new Frame(
                            "press-1",
                            60_000,
                            119_999,
                            ModalitySet.of(1),
                            new double[] {Double.NaN, 2.5}),
                    List.of(
                            new Encoding(
                                    3,
                                    Encoding.SHARED,
                                    new double[] {Double.NaN, 0.5},
                                    new double[] {Double.NaN, 7}),
                            Encoding.identity(new double[] {Double.NaN, 2.5})));

    private EventSamples() {}

    public static void add(StateSamples samples) {
        Frame frame =
                new Frame("press-1", 60_000, 119_999, ModalitySet.all(2), new double[] {1, 2.5});
        PlacedLabel label =
                new PlacedLabel(
                        Targets.label(
                                "press-1",
                                Instant.ofEpochMilli(60_000),
                                Instant.ofEpochMilli(90_000),
                                4.5,
                                -1),
                        "lab.results",
                        2,
                        17);
        samples.with(EventFormats.ALERT, FullRecords.of(Alert.class))
                .with(EventFormats.ALERT_ACTION, FullRecords.of(AlertAction.class))
                .with(EventFormats.DEAD_LETTER, FullRecords.of(DeadLetter.class))
                .with(EventFormats.EXPLANATION, FullRecords.of(Explanation.class))
                .with(EventFormats.MODEL_VERSION, FullRecords.of(ModelVersion.class))
                .with(EventFormats.PREDICTION, FullRecords.of(Prediction.class))
                .with(EventFormats.TRAINING_SAMPLE, FullRecords.of(TrainingSample.class))
                .with(
                        EventFormats.READING,
                        new Reading(
                                "press-1",
                                "thermal",
                                Instant.ofEpochMilli(60_000),
                                Arrays.asList(1.5, null)))
                .with(EventFormats.LABEL, label.label())
                .with(PlacedLabel.FORMAT, label)
                .with(Frame.FORMAT, frame)
                .with(EventFormats.ENCODING, TRAINED.active())
                .with(
                        EncodedFrame.FORMAT,
                        new EncodedFrame(frame, List.of(Encoding.identity(frame.values()))),
                        TRAINED)
                .with(
                        Score.FORMAT,
                        new Score(
                                "press-1",
                                60_000,
                                90_000,
                                3,
                                true,
                                1,
                                4.5,
                                4,
                                3,
                                5,
                                0.75,
                                List.of(3.5, 4.5),
                                new YardstickForecasts(3.5, 2.5, Double.NaN)))
                .with(BlockStatistics.FORMAT, block(1), undefined());
    }

    /** The statistics of a block of two modalities and two channels. */
    public static BlockStatistics block(int number) {
        double wave = StrictMath.sin(number);
        return new BlockStatistics(
                "press-1",
                3,
                3,
                number * 1000L,
                number * 1000L + 999,
                number * 1000L + 1500,
                50,
                1,
                48.5,
                1.25,
                List.of(1 + 0.1 * wave, 0.5 - 0.1 * wave, 1.25),
                null,
                new BlockStatistics.Error(50, 2 + wave, 1.5 + wave, -0.5 + wave),
                List.of(1.0, 0.98),
                List.of(
                        new BlockStatistics.Channel(4 + wave, 2 + wave, 0),
                        new BlockStatistics.Channel(9 - wave, 3 - wave, 0.25)));
    }

    private static BlockStatistics undefined() {
        return new BlockStatistics(
                "*",
                0,
                0,
                1,
                2,
                3,
                4,
                2,
                5,
                Double.NaN,
                List.of(),
                "too few samples",
                BlockStatistics.Error.NONE,
                List.of(1.0, 1.0),
                List.of());
    }
}
