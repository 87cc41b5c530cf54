package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceKindTest {
    private static final LearnerSettings SETTINGS =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a0"), List.of("b0", "b1")),
                    Duration.ofMinutes(1),
                    List.of(Duration.ofHours(1)),
                    Duration.ofHours(10),
                    50,
                    0.9,
                    PidDefinition.MMI);
    private static final FeatureLayout LAYOUT = new FeatureLayout(SETTINGS);
    private static final ModalitySet ALL = ModalitySet.all(2);
    private static final Scale UNIT = new Scale(0, 1);

    private final Random random = new Random(1);
    private final ExpertGroup pieces = PieceKind.OF_CHANNELS.create(SETTINGS, LAYOUT);

    private ScaledFrame frame(long n, ModalitySet present) {
        double[] inputs = {25 * random.nextDouble(), random.nextInt(7), 3};
        return new ScaledFrame(n * 60_000, present, inputs, inputs);
    }

    /** A power curve by speed, and a day of the week. */
    private static double target(double[] inputs) {
        double speed = Math.max(0, Math.min(1, (inputs[0] - 4) / 8));
        return speed * speed + (inputs[1] == 6 ? 0.5 : 0);
    }

    private static void learn(ExpertGroup group, ScaledFrame frame) {
        group.learn(frame, target(frame.inputs()), target(frame.inputs()));
        group.advance();
    }

    @Test
    void followACurveAndACategory() {
        for (int n = 0; n < 1000; n++) {
            learn(pieces, frame(n, ALL));
        }
        double error = 0;
        for (int n = 0; n < 200; n++) {
            ScaledFrame frame = frame(1000, ALL);
            double said = pieces.predict(frame, UNIT).prediction(1);
            error += Math.abs(said - target(frame.inputs())) / 200;
        }

        // The best linear model is wrong by 0.16.
        assertThat(error).isLessThan(0.03);
    }

    @Test
    void zerosOfBothSignsAreOneValue() {
        for (int n = 0; n < 200; n++) {
            double[] inputs = {n % 3 == 0 ? -0.0 : 0.0, n % 2, n % 5};
            learn(pieces, new ScaledFrame(n * 60_000L, ALL, inputs, inputs));
        }
        double[] zero = {0, 1, 1};

        assertThat(pieces.predict(new ScaledFrame(0, ALL, zero, zero), UNIT).prediction(0))
                .isFinite();
    }

    @Test
    void sleepUntilThereAreKnots() {
        for (int n = 0; n < 63; n++) {
            learn(pieces, frame(n, ALL));
        }
        assertThat(pieces.isAwake()).isFalse();
        learn(pieces, frame(63, ALL));
        assertThat(pieces.isAwake()).isTrue();
    }

    /** With seven assets the labels of an instant pass the number without meeting it. */
    @Test
    void wakeWhereAnInstantHasManyLabels() {
        for (int n = 0; n < 200; n++) {
            for (int asset = 0; asset < 7; asset++) {
                ScaledFrame frame = frame(n, ALL);
                pieces.learn(frame, target(frame.inputs()), target(frame.inputs()));
            }
            pieces.advance();
        }
        assertThat(pieces.isAwake()).isTrue();
        ScaledFrame frame = frame(200, ALL);

        assertThat(pieces.predict(frame, UNIT).prediction(1))
                .isCloseTo(target(frame.inputs()), within(0.1));
    }

    /** Moments grow with the square of the number of pieces. */
    @Test
    void thereAreNoMoreThanFit() {
        double[][] grids = new double[30][];
        for (int c = 0; c < grids.length; c++) {
            grids[c] = random.doubles(17).sorted().toArray();
        }
        FeatureLayout wide = LAYOUT.of(new int[30]);
        int[] channels = new int[30];
        for (int c = 0; c < 30; c++) {
            channels[c] = c;
        }

        assertThat(Pieces.of(wide, channels, grids).count()).isBetween(30, 64);
    }

    @Test
    void continueBitForBitAfterARestore() {
        for (int n = 0; n < 500; n++) {
            learn(pieces, frame(n, n % 5 == 0 ? ModalitySet.of(0) : ALL));
        }
        ExpertGroup restored =
                Wire.copy(
                        pieces::writeTo,
                        in -> PieceKind.OF_CHANNELS.read(in, Versions.CURRENT, SETTINGS, LAYOUT));
        for (int n = 500; n < 600; n++) {
            ScaledFrame frame = frame(n, n % 5 == 0 ? ModalitySet.of(0) : ALL);
            assertThat(restored.predict(frame, UNIT)).isEqualTo(pieces.predict(frame, UNIT));
            learn(pieces, frame);
            learn(restored, frame);
        }
    }
}
