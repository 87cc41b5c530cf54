package io.pidstream.learn;

import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.Targets;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Turns of learning: frames of two modalities with a channel each, in slots of 10 ms, and labels
 * that are learned 20 ms later. The target is 2a − b and some noise.
 */
final class Turns {
    static final LearningOrder ORDER = new LearningOrder(10, 9, 30);
    static final int BLOCK = 10;
    static final double TOLERANCE = 0.05;
    static final LearnerSettings SETTINGS =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a0"), List.of("b0")),
                    Duration.ofMillis(10),
                    List.of(Duration.ofMillis(300), Duration.ofMillis(3000)),
                    Duration.ofMillis(1000),
                    BLOCK,
                    0.9,
                    PidDefinition.MMI);

    private static final int LABEL_DELAY = 20;

    private Turns() {}

    /**
     * Two assets. The first half of the slots is encoded by the identity; the second half by
     * version 3, with the identity in its shadow.
     */
    static List<Observation> of(int slots) {
        List<Observation> turns = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            long[] versions = i < slots / 2 ? new long[] {0} : new long[] {3, 0};
            for (String asset : List.of("x", "y")) {
                turns.add(frame(asset, 10 * i, versions));
                turns.add(label(asset, 10 * i, versions));
            }
        }
        turns.sort(Comparator.comparingLong(Observation::turn));
        return turns;
    }

    /** A frame at its own turn. */
    static Observation frame(String asset, long slot, long... versions) {
        return new Observation(encoded(asset, slot, versions), null, true, null, slot, List.of());
    }

    /** The label of a frame. */
    static Observation label(String asset, long slot, long... versions) {
        EncodedFrame encoded = encoded(asset, slot, versions);
        Random random = random(asset, slot);
        double target =
                2 * random.nextGaussian() - random.nextGaussian() + 0.3 * random.nextGaussian();
        Instant recordedAt = Instant.ofEpochMilli(slot + LABEL_DELAY);
        return new Observation(
                encoded,
                null,
                false,
                Targets.label(asset, Instant.ofEpochMilli(slot), recordedAt, target),
                slot + LABEL_DELAY,
                List.of());
    }

    private static EncodedFrame encoded(String asset, long slot, long... versions) {
        Random random = random(asset, slot);
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        double[] values = {a, b};
        List<Encoding> encodings = new ArrayList<>();
        for (long version : versions) {
            encodings.add(
                    version == Encoding.IDENTITY
                            ? Encoding.identity(values)
                            : new Encoding(
                                    version,
                                    version,
                                    new double[] {a, b},
                                    new double[] {2 * a, -b}));
        }
        Frame frame = new Frame(asset, slot, slot, ModalitySet.all(2), values);
        return new EncodedFrame(frame, encodings);
    }

    private static Random random(String asset, long slot) {
        return new Random(31 * slot + asset.hashCode());
    }
}
