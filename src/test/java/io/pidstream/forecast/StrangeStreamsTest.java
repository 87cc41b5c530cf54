package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that no default was chosen for: every prediction is finite and follows. */
class StrangeStreamsTest {
    private static final long PERIOD = 60_000;
    private static final ModalitySet BOTH = ModalitySet.all(2);
    private static final LearnerSettings SETTINGS =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a0", "a1"), List.of("b0")),
                    Duration.ofMillis(PERIOD),
                    List.of(
                            Duration.ofMillis(30 * PERIOD),
                            Duration.ofMillis(300 * PERIOD),
                            Duration.ofMillis(5000 * PERIOD)),
                    Duration.ofMillis(1000 * PERIOD),
                    200,
                    0.9,
                    PidDefinition.MMI);

    private FleetLearner fleet = new FleetLearner(SETTINGS, true);
    private AssetLearner asset = new AssetLearner(SETTINGS, true);
    private final Random random = new Random(1);
    private long n;

    private double[] inputs() {
        return new double[] {random.nextInt(24), random.nextGaussian(), random.nextGaussian()};
    }

    private static double target(double[] inputs) {
        return inputs[0] + 2 * inputs[1] - inputs[2];
    }

    /**
     * @param labelled whether the label becomes known at once
     * @return the forecast that was made
     */
    private Forecast slot(double[] inputs, double target, boolean labelled) {
        long time = n++ * PERIOD;
        List<Forecast> made = asset.predict(time, BOTH, inputs, fleet.predict(time, BOTH, inputs));
        if (labelled) {
            double[] of = {target};
            asset.learn(time, BOTH, inputs, of, made);
            fleet.learn(List.of(new LabelledFeatures("x", time, BOTH, inputs, of)));
        }
        Forecast forecast = made.get(0);
        if (forecast.isKnown()) {
            assertThat(forecast.prediction()).isFinite();
            assertThat(forecast.upper()).isGreaterThanOrEqualTo(forecast.lower()).isFinite();
        }
        return forecast;
    }

    private Forecast slot() {
        double[] inputs = inputs();
        return slot(inputs, target(inputs), true);
    }

    /** Nothing overflows; beyond the range of a float experts are weighed badly, but predict. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-40, 1e-30, 1e28, 1e40, 1e140, 1e300})
    void aTargetOfAnyMagnitudeIsPredicted(double unit) {
        double error = 0;
        for (int i = 0; i < 600; i++) {
            double[] inputs = inputs();
            double target = unit * (10 + target(inputs));
            Forecast made = slot(inputs, target, true);
            if (i >= 400) {
                error += Math.abs(made.prediction() / unit - target / unit) / 200;
            }
        }
        if (1e-35 < unit && unit < 1e30) {
            assertThat(error).isLessThan(0.5);
        }
    }

    @Test
    void aTargetThatLeavesItsRangeForGoodIsFollowedWithinAFewLabels() {
        assertThat(errorAfterJump(500, 12)).isLessThan(50);
    }

    /** A thousand deviations away: at first that is taken for an outlier. */
    @Test
    void aTargetThatLeavesItsScaleForGoodIsFollowedSoon() {
        assertThat(errorAfterJump(10_000, 20)).isLessThan(500);
    }

    private double errorAfterJump(double jump, int labels) {
        for (int i = 0; i < 500; i++) {
            slot();
        }
        for (int i = 0; i < labels; i++) {
            double[] inputs = inputs();
            slot(inputs, jump + target(inputs), true);
        }
        double[] inputs = inputs();
        return Math.abs(slot(inputs, 0, false).prediction() - jump - target(inputs));
    }

    @Test
    void predictionsAndIntervalsStayWithinTheBoundsOfTheTarget() {
        LearnerSettings bounded =
                new LearnerSettings(
                        SETTINGS.targets(),
                        SETTINGS.modalities(),
                        SETTINGS.channels(),
                        SETTINGS.period(),
                        SETTINGS.halfLives(),
                        SETTINGS.explanationHalfLife(),
                        SETTINGS.block(),
                        List.of(0.5, 0.9),
                        SETTINGS.definition(),
                        false,
                        0,
                        false,
                        0,
                        20);
        fleet = new FleetLearner(bounded, true);
        asset = new AssetLearner(bounded, true);
        boolean atEnd = false;
        for (int i = 0; i < 1000; i++) {
            double[] inputs = inputs();
            // Some labels are a little outside, as a sensor's zero may be.
            double target = Math.max(-0.5, Math.min(20.5, target(inputs)));
            Forecast forecast = slot(inputs, target, true);
            if (forecast.isKnown()) {
                assertThat(forecast.lower()).isBetween(0.0, 20.0);
                assertThat(forecast.upper()).isBetween(0.0, 20.0);
                assertThat(forecast.prediction()).isBetween(0.0, 20.0);
                atEnd |= forecast.lower() == 0 || forecast.upper() == 20;
            }
        }
        assertThat(atEnd).isTrue();
    }

    @Test
    void predictionsStayWithinTheLabelsSeen() {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 500; i++) {
            double[] inputs = inputs();
            double target = Math.max(0, target(inputs) - 10);
            slot(inputs, target, true);
            lowest = Math.min(lowest, target);
            highest = Math.max(highest, target);
        }
        for (int i = 0; i < 100; i++) {
            double[] wild = {random.nextInt(200) - 100, 50 * random.nextGaussian(), 0};
            assertThat(slot(wild, 0, false).prediction()).isBetween(lowest - 1e-9, highest + 1e-9);
        }
    }

    @Test
    void oneLabelInAllIsRepeated() {
        slot(inputs(), 42, true);
        for (int i = 0; i < 100; i++) {
            assertThat(slot(inputs(), 0, false).prediction()).isCloseTo(42, within(1e-9));
        }
    }

    @Test
    void labelsOfEveryThousandthRowAreEnough() {
        double error = 0;
        for (int i = 0; i < 300_000; i++) {
            double[] inputs = inputs();
            double prediction = 0;
            boolean known = n > 0;
            Forecast forecast = slot(inputs, target(inputs), n % 1000 == 0);
            if (known && i >= 200_000) {
                prediction = forecast.prediction();
                error += Math.abs(prediction - target(inputs)) / 100_000;
            }
        }

        // The mean would be wrong by 6.
        assertThat(error).isLessThan(3);
    }

    @Test
    void categoriesThatNoLabelHadDoNoHarm() {
        for (int i = 0; i < 500; i++) {
            slot();
        }
        double[] inputs = {1e9, 0, 0};

        assertThat(slot(inputs, 0, false).prediction()).isBetween(-10.0, 35.0);
        double[] usual = {12, 0.5, 0};
        assertThat(slot(usual, 0, false).prediction()).isCloseTo(13, within(1.0));
    }
}
