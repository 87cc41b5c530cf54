package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables through their kind, as learners use them. */
class RandomTablesTest {
    private static final LearnerSettings SETTINGS =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b", "c"),
                    List.of(List.of("a0", "a1"), List.of("b0"), List.of("c0")),
                    Duration.ofMinutes(1),
                    List.of(Duration.ofHours(1)),
                    Duration.ofHours(10),
                    50,
                    0.9,
                    PidDefinition.MMI);
    private static final FeatureLayout LAYOUT = new FeatureLayout(SETTINGS);
    private static final ModalitySet ALL = ModalitySet.all(3);
    private static final Scale UNIT = new Scale(0, 1);

    private final Random random = new Random(1);
    private final ExpertGroup tables = TableKind.OF_CHANNELS.create(SETTINGS, LAYOUT);

    private ScaledFrame frame(long n, ModalitySet present) {
        double[] inputs = {
            random.nextInt(24), random.nextDouble(), random.nextGaussian(), random.nextInt(3)
        };
        return new ScaledFrame(n * 60_000, present, inputs, inputs);
    }

    /** Neither linear nor additive. */
    private static double target(double[] inputs) {
        boolean day = inputs[0] >= 7 && inputs[0] < 19;
        return 100 + (day ? 50 : 0) + (day && inputs[2] > 0 ? 30 : 0) + 5 * inputs[3];
    }

    private void learn(int from, int to) {
        for (int n = from; n < to; n++) {
            ScaledFrame frame = frame(n, ALL);
            tables.learn(frame, target(frame.inputs()), 0);
            tables.advance();
        }
    }

    private static double prediction(ExpertGroup group, ScaledFrame frame, int expert) {
        return group.predict(frame, UNIT).prediction(expert);
    }

    @Test
    void learnWhatIsNeitherLinearNorAdditive() {
        learn(0, 3000);
        double error = 0;
        for (int n = 0; n < 200; n++) {
            ScaledFrame frame = frame(n, ALL);
            error += Math.abs(prediction(tables, frame, 1) - target(frame.inputs())) / 200;
        }

        // The mean would be wrong by 29, the best linear model by 21.
        assertThat(error).isLessThan(8);
    }

    /** With seven assets the labels of an instant pass the powers of two without meeting them. */
    @Test
    void learnWhereAnInstantHasManyLabels() {
        for (int n = 0; n < 1000; n++) {
            for (int asset = 0; asset < 7; asset++) {
                ScaledFrame frame = frame(n, ALL);
                tables.learn(frame, target(frame.inputs()), 0);
            }
            tables.advance();
        }
        double error = 0;
        for (int n = 0; n < 200; n++) {
            ScaledFrame frame = frame(n, ALL);
            error += Math.abs(prediction(tables, frame, 1) - target(frame.inputs())) / 200;
        }

        assertThat(error).isLessThan(8);
    }

    @Test
    void contributionsAreThoseOfModalities() {
        learn(0, 3000);
        double[] of = new double[3];
        for (int n = 0; n < 200; n++) {
            ExpertForecasts said = tables.predict(frame(n, ALL), UNIT);
            for (int m = 0; m < 3; m++) {
                of[m] += Math.abs(said.contributions()[m]) / 200;
            }
        }

        assertThat(of[0]).isGreaterThan(15);
        assertThat(of[1]).isBetween(3.0, 12.0);
        assertThat(of[2]).isBetween(1.0, 6.0);
    }

    /** Its modality has another channel, which is noise. */
    @Test
    void theChannelThatCarriesTheSignalHasItsModalitysContribution() {
        learn(0, 3000);
        double[] of = new double[4];
        for (int n = 0; n < 200; n++) {
            ExpertForecasts said = tables.predict(frame(n, ALL), UNIT, true);
            for (int i = 0; i < 4; i++) {
                of[i] += Math.abs(said.channels()[4 + i]) / 200;
            }
        }

        assertThat(of[0]).isGreaterThan(15);
        assertThat(of[1]).isLessThan(0.15 * of[0]);
    }

    /** The noisy copy says much about the target alone, and nothing beside what it copies. */
    @Test
    void aNoisyCopyOfTheChannelThatCarriesTheSignalHasLittle() {
        double[] of = new double[4];
        for (int n = 0; n < 3200; n++) {
            ScaledFrame frame = frame(n, ALL);
            frame.inputs()[1] = frame.inputs()[0] + 4 * random.nextGaussian();
            if (n >= 3000) {
                ExpertForecasts said = tables.predict(frame, UNIT, true);
                for (int i = 0; i < 4; i++) {
                    of[i] += Math.abs(said.channels()[4 + i]) / 200;
                }
            }
            tables.learn(frame, target(frame.inputs()), 0);
            tables.advance();
        }

        assertThat(of[0]).isGreaterThan(15);
        assertThat(of[1]).isLessThan(0.35 * of[0]);
    }

    /** Neither of the two says anything alone. */
    @Test
    void whatTwoChannelsSayOnlyTogetherIsDividedBetweenThem() {
        LearnerSettings settings =
                new LearnerSettings(
                        List.of("y"),
                        List.of("a", "b"),
                        List.of(List.of("a0", "a1", "a2"), List.of("b0")),
                        Duration.ofMinutes(1),
                        List.of(Duration.ofHours(1)),
                        Duration.ofHours(10),
                        50,
                        0.9,
                        PidDefinition.MMI);
        ExpertGroup both = TableKind.OF_CHANNELS.create(settings, new FeatureLayout(settings));
        ModalitySet present = ModalitySet.all(2);
        double[] of = new double[4];
        for (int n = 0; n < 4200; n++) {
            double[] inputs = random.doubles(4, -1, 1).toArray();
            ScaledFrame frame = new ScaledFrame(n * 60_000L, present, inputs, inputs);
            if (n >= 4000) {
                ExpertForecasts said = both.predict(frame, UNIT, true);
                for (int i = 0; i < 4; i++) {
                    of[i] += Math.abs(said.channels()[4 + i]) / 200;
                }
            }
            both.learn(frame, inputs[0] * inputs[2] > 0 ? 10 : -10, 0);
            both.advance();
        }

        assertThat(of[0]).isBetween(0.7 * of[2], 1.4 * of[2]);
        assertThat(of[1]).isLessThan(0.4 * of[0]);
    }

    /** What is known without a modality is what is right on average over it. */
    @Test
    void anAbsentModalityIsAveragedOver() {
        learn(0, 3000);
        ModalitySet without = ALL.without(0);
        double day = 0;
        for (int n = 0; n < 200; n++) {
            ScaledFrame frame = frame(n, without);
            ExpertForecasts said = tables.predict(frame, UNIT);
            assertThat(said.contributions()[0]).isZero();
            day += (said.prediction(0) - 5 * (frame.inputs()[3] - 1)) / 200;
        }

        assertThat(day).isCloseTo(100 + 25 + 7.5 + 5, within(5.0));
        ExpertForecasts nothing = tables.predict(frame(0, ModalitySet.NONE), UNIT);
        assertThat(nothing.contributions()).containsOnly(0);
        assertThat(nothing.prediction(0)).isCloseTo(100 + 25 + 7.5 + 5, within(8.0));
    }

    @Test
    void theOrderOfLabelsOfOneInstantDoesNotMatter() {
        ExpertGroup other = TableKind.OF_CHANNELS.create(SETTINGS, LAYOUT);
        for (int n = 0; n < 100; n++) {
            List<ScaledFrame> instant = new ArrayList<>();
            for (int asset = 0; asset < 5; asset++) {
                instant.add(frame(n, asset == 4 ? ALL.without(1) : ALL));
            }
            instant.forEach(f -> tables.learn(f, target(f.inputs()), 0));
            tables.advance();
            Collections.reverse(instant);
            instant.forEach(f -> other.learn(f, target(f.inputs()), 0));
            other.advance();
        }

        // Samples are drawn in the order of labels; up to their size they hold all.
        ScaledFrame probe = frame(0, ALL);
        assertThat(prediction(other, probe, 0))
                .isCloseTo(prediction(tables, probe, 0), within(1e-4));
    }

    @Test
    void aCategoryThatWasNeverSeenIsPredictedFromTheRest() {
        learn(0, 3000);
        double[] inputs = {12, 0.5, 1, 40};
        ScaledFrame unseen = new ScaledFrame(0, ALL, inputs, inputs);

        assertThat(prediction(tables, unseen, 1)).isBetween(150.0, 210.0);
    }

    /** A channel that was constant for long, and then moves and matters. */
    @Test
    void aChannelThatBeginsToMoveIsTakenUp() {
        for (int n = 0; n < 6000; n++) {
            ScaledFrame frame = frame(n, ALL);
            frame.inputs()[1] = n < 5000 ? 0.25 : n % 2;
            tables.learn(frame, target(frame.inputs()) + (n < 5000 ? 0 : 60 * (n % 2)), 0);
            tables.advance();
        }
        double[] low = {12, 0, 1, 1};
        double[] high = {12, 1, 1, 1};

        assertThat(
                        prediction(tables, new ScaledFrame(0, ALL, high, high), 1)
                                - prediction(tables, new ScaledFrame(0, ALL, low, low), 1))
                .isGreaterThan(30);
    }

    @Test
    void continuesBitForBitAfterARestore() {
        learn(0, 700);
        ExpertGroup restored =
                Wire.copy(
                        tables::writeTo,
                        in -> TableKind.OF_CHANNELS.read(in, Versions.CURRENT, SETTINGS, LAYOUT));
        for (int n = 700; n < 1500; n++) {
            ScaledFrame frame = frame(n, n % 5 == 0 ? ALL.without(2) : ALL);
            assertThat(restored.predict(frame, UNIT, true))
                    .isEqualTo(tables.predict(frame, UNIT, true));
            tables.learn(frame, target(frame.inputs()), 0);
            tables.advance();
            restored.learn(frame, target(frame.inputs()), 0);
            restored.advance();
        }
    }
}
