package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.Format;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.PrequentialMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals and expected errors of whole learners, on streams whose noise is known. */
class UncertaintyTest {
    private static final long PERIOD = 60_000;
    private static final ModalitySet BOTH = ModalitySet.all(2);

    private record Made(
            long time, double[] inputs, double target, double noise, Forecast forecast) {}

    private static LearnerSettings settings(double... levels) {
        List<Double> intervals = new ArrayList<>();
        for (double level : levels) {
            intervals.add(level);
        }
        return new LearnerSettings(
                List.of("y"),
                List.of("a", "b"),
                List.of(List.of("a0"), List.of("b0")),
                Duration.ofMillis(PERIOD),
                List.of(Duration.ofMillis(300 * PERIOD), Duration.ofMillis(3000 * PERIOD)),
                Duration.ofMillis(1000 * PERIOD),
                200,
                intervals,
                PidDefinition.MMI,
                false,
                0);
    }

    /** All forecasts, the first ones too; the standard deviation of the noise is that of a. */
    private static List<Made> run(
            LearnerSettings settings, int rows, int late, DoubleUnaryOperator deviation) {
        FleetLearner fleet = new FleetLearner(settings, true);
        AssetLearner asset = new AssetLearner(settings, true);
        ArrayDeque<Made> waiting = new ArrayDeque<>();
        List<Made> all = new ArrayList<>();
        Random random = new Random(17);
        for (int t = 0; t < rows; t++) {
            double[] inputs = {random.nextDouble(), random.nextGaussian()};
            double noise = deviation.applyAsDouble(inputs[0]);
            double target = 2 * inputs[0] + inputs[1] + noise * random.nextGaussian();
            List<FleetForecast> ofFleet = fleet.predict(t * PERIOD, BOTH, inputs);
            Forecast forecast = asset.predict(t * PERIOD, BOTH, inputs, ofFleet).get(0);
            waiting.add(new Made(t * PERIOD, inputs, target, noise, forecast));
            while (waiting.size() > late) {
                Made made = waiting.poll();
                all.add(made);
                double[] label = {made.target()};
                asset.learn(made.time(), BOTH, made.inputs(), label, List.of(made.forecast()));
                fleet.learn(
                        List.of(
                                new LabelledFeatures(
                                        "press-1", made.time(), BOTH, made.inputs(), label)));
            }
        }
        return all;
    }

    private static double coverage(List<Made> made, double from, double to) {
        List<Made> some =
                made.stream().filter(m -> m.inputs()[0] >= from && m.inputs()[0] < to).toList();
        return (double) some.stream().filter(m -> m.forecast().covers(m.target())).count()
                / some.size();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 24})
    void everySituationIsCoveredThoughItsNoiseIsAnother(int late) {
        List<Made> all = run(settings(0.9), 8000, late, a -> a < 0.5 ? 0.1 : a < 0.8 ? 0.5 : 2);
        List<Made> made = all.subList(2000, all.size());

        assertThat(coverage(made, 0, 1)).isBetween(0.88, 0.92);
        assertThat(coverage(made, 0, 0.5)).isBetween(0.8, 0.97);
        assertThat(coverage(made, 0.5, 0.8)).isBetween(0.8, 0.97);
        assertThat(coverage(made, 0.8, 1)).isBetween(0.8, 0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 24})
    void theExpectedErrorIsTheErrorThatComesOut(int late) {
        List<Made> all = run(settings(0.9), 8000, late, a -> a < 0.5 ? 0.1 : 1);
        PrequentialMetrics quiet = new PrequentialMetrics();
        PrequentialMetrics noisy = new PrequentialMetrics();
        for (Made made : all.subList(2000, all.size())) {
            StreamRun.add(made.inputs()[0] < 0.5 ? quiet : noisy, made.forecast(), made.target());
        }

        if (late == 0) {
            assertThat(quiet.expectedError() / quiet.errorWhereExpected()).isBetween(0.75, 1.35);
        }
        assertThat(noisy.expectedError() / noisy.errorWhereExpected()).isBetween(0.85, 1.15);
    }

    @Test
    void noIntervalHasWidthZeroFromTheFirstForecastOn() {
        for (Made made : run(settings(0.5, 0.9), 300, 0, a -> 0).subList(1, 300)) {
            double[] ends = made.forecast().ends();
            assertThat(ends).hasSize(4);
            assertThat(ends[0]).isLessThan(ends[1]);
            assertThat(ends[2]).isLessThanOrEqualTo(ends[0]);
            assertThat(ends[3]).isGreaterThanOrEqualTo(ends[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5, -1e12, 1e-300})
    void noIntervalHasWidthZeroWhereTheTargetIsConstant(double constant) {
        AssetLearner asset = new AssetLearner(settings(0.9), true);
        FleetLearner fleet = new FleetLearner(settings(0.9), true);
        for (int t = 0; t < 500; t++) {
            double[] inputs = {t % 3, t % 5};
            List<FleetForecast> ofFleet = fleet.predict(t * PERIOD, BOTH, inputs);
            Forecast forecast = asset.predict(t * PERIOD, BOTH, inputs, ofFleet).get(0);
            if (forecast.isKnown()) {
                assertThat(forecast.upper()).isGreaterThan(forecast.lower());
                assertThat(forecast.uncertainty().expectedError()).isGreaterThan(0).isFinite();
            }
            double[] label = {constant};
            asset.learn(t * PERIOD, BOTH, inputs, label, List.of(forecast));
            fleet.learn(List.of(new LabelledFeatures("press-1", t * PERIOD, BOTH, inputs, label)));
        }
    }

    @Test
    void labelsOfOneInstantTeachTheSameInAnyOrder() {
        SituationTables forwards =
                new SituationTables(settings(0.9), new FeatureLayout(settings(0.9)));
        SituationTables backwards =
                new SituationTables(settings(0.9), new FeatureLayout(settings(0.9)));
        Random random = new Random(3);
        for (int t = 0; t < 200; t++) {
            List<LabelledFeatures> labels = new ArrayList<>();
            for (int a = 0; a < 4; a++) {
                double[] inputs = {random.nextInt(64) / 64.0, random.nextInt(64) / 64.0};
                labels.add(new LabelledFeatures("x" + a, t, BOTH, inputs, new double[] {0}));
            }
            for (int a = 0; a < 4; a++) {
                learn(forwards, labels.get(a));
                learn(backwards, labels.get(3 - a));
            }
            forwards.advance();
            backwards.advance();
        }
        for (double a = 0; a < 1; a += 0.1) {
            Situation one = forwards.of(BOTH, new double[] {a, 0.5}, 1, 0.1, 1);
            Situation other = backwards.of(BOTH, new double[] {a, 0.5}, 1, 0.1, 1);
            assertThat(one.scale()).isCloseTo(other.scale(), within(1e-3 * one.scale()));
        }
    }

    private static void learn(SituationTables tables, LabelledFeatures label) {
        tables.learn(label, 1, 0.1, label.inputs()[0] * (label.inputs()[1] < 0.5 ? -1 : 1), 1);
    }

    @Test
    void formerStateContinuesWithTheWidthItHad() {
        AdaptiveInterval.Former former = former(StrictMath.log(3), 2, 100, List.of(0.5, 0.9));

        float[] candidates = former.scale().candidates(Situation.UNKNOWN, 10, 2, 5);
        double scale = former.scale().scale(candidates);
        double[] ends = former.interval().ends(10, scale, scale, 5, LabelRange.UNKNOWN);

        assertThat(scale).isCloseTo(2, within(0.01));
        assertThat(ends[3]).isCloseTo(16, within(0.05));
    }

    private static AdaptiveInterval.Former former(
            double logRatio, double error, long labels, List<Double> levels) {
        return Wire.copy(
                out -> {
                    out.writeDouble(logRatio);
                    out.writeDouble(error);
                    out.writeLong(labels);
                },
                in -> AdaptiveInterval.readFormer(in, levels));
    }

    @Test
    void aRestoredFleetExpectsTheSameErrors() {
        LearnerSettings settings = settings(0.5, 0.9);
        FleetLearner fleet = new FleetLearner(settings, true);
        Random random = new Random(8);
        Format<FleetLearner> format = LearnerFormat.ofFleet(settings);
        for (int t = 0; t < 300; t++) {
            double[] inputs = {random.nextDouble(), random.nextDouble()};
            double[] label = {inputs[0] * random.nextGaussian()};
            LabelledFeatures row = new LabelledFeatures("press-1", t * PERIOD, BOTH, inputs, label);
            if (t == 200) {
                FleetLearner written = fleet;
                fleet =
                        Wire.copy(
                                out -> format.write(written, out),
                                in -> format.read(in, Versions.CURRENT));
                assertThat(fleet.predict(t * PERIOD, BOTH, inputs))
                        .isEqualTo(written.predict(t * PERIOD, BOTH, inputs));
                written.learn(List.of(row));
                fleet.learn(List.of(row));
                assertThat(fleet.predict(t * PERIOD, BOTH, inputs))
                        .isEqualTo(written.predict(t * PERIOD, BOTH, inputs));
            } else {
                fleet.learn(List.of(row));
            }
        }
    }
}
