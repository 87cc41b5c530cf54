package io.pidstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Fleet;
import io.pidstream.event.Score;
import io.pidstream.join.KnownTarget;
import io.pidstream.join.Observation;
import io.pidstream.testing.Harnesses;
import io.pidstream.yardstick.YardstickForecasts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Behind the fleet, as in the job. */
class AssetFunctionTest {
    private static final int SLOTS = 60;
    private static final long LATER = 10_000;

    /** What a run emitted. */
    private record Output(
            List<Prediction> predictions,
            List<Explanation> explanations,
            List<TrainingSample> samples,
            List<Score> scores,
            List<Score> trials,
            List<BlockStatistics> blocks) {
        Output() {
            this(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        void take(KeyedOneInputStreamOperatorTestHarness<String, Observation, Prediction> from) {
            predictions.addAll(from.extractOutputValues());
            explanations.addAll(Harnesses.side(from, AssetFunction.EXPLANATIONS));
            samples.addAll(Harnesses.side(from, AssetFunction.TRAINING_SAMPLES));
            scores.addAll(Harnesses.side(from, AssetFunction.SCORES));
            trials.addAll(Harnesses.side(from, AssetFunction.TRIALS));
            blocks.addAll(Harnesses.side(from, AssetFunction.BLOCKS));
        }
    }

    @Test
    void scoresThePredictionThatWasMadeAndThenLearns() throws Exception {
        Output output = run(fleet(Turns.of(SLOTS)));

        assertThat(output.samples).hasSize(2 * SLOTS);
        assertThat(output.scores).hasSize(3 * SLOTS);
        assertThat(output.trials).as("of frames that two versions predicted").hasSize(2 * SLOTS);
        assertThat(output.explanations)
                .extracting(Explanation::getAsset)
                .contains("x", "y")
                .doesNotContain(Fleet.NAME);
        assertThat(output.blocks).hasSameSizeAs(output.explanations);
        Prediction last = output.predictions.get(output.predictions.size() - 1);
        assertThat(output.scores)
                .filteredOn(score -> score.active() && score.asset().equals(last.getAsset()))
                .last()
                .extracting(Score::time, Score::prediction)
                .containsExactly(last.getTime().toEpochMilli(), last.getPrediction());
    }

    @Test
    void theChannelsOfAPredictionSumToItsContributions() throws Exception {
        List<Prediction> predictions = run(fleet(Turns.of(SLOTS))).predictions;

        assertThat(predictions).hasSizeGreaterThan(SLOTS);
        for (Prediction p : predictions) {
            Map<String, Double> left = new HashMap<>(p.getContributions());
            p.getChannels()
                    .forEach(
                            (name, part) ->
                                    left.merge(
                                            name.substring(0, name.indexOf('.')),
                                            -part,
                                            Double::sum));
            assertThat(left.keySet()).isEqualTo(p.getContributions().keySet());
            assertThat(left.values()).allSatisfy(v -> assertThat(v).isCloseTo(0, within(1e-9)));
            assertThat(p.getChannels().keySet())
                    .extracting(name -> name.substring(0, name.indexOf('.')))
                    .containsOnly(p.getPresent().toArray(String[]::new));
        }
    }

    @Test
    void aPredictionAndItsScoreHaveTheYardsticksOfTheFramesTurn() throws Exception {
        List<Observation> turns = new ArrayList<>();
        for (Observation turn : fleet(Turns.of(SLOTS))) {
            turns.add(turn.isNew() && turn.slot() > 0 ? knowing(turn) : turn);
        }
        Output output = run(turns);

        assertThat(output.predictions).hasSizeGreaterThan(SLOTS);
        for (Prediction prediction : output.predictions) {
            long slot = prediction.getTime().toEpochMilli();
            assertThat(prediction.getYardsticks())
                    .containsOnlyKeys("last-label", "running-mean", "linear")
                    .containsEntry("last-label", (double) slot)
                    .containsEntry("running-mean", slot + 0.5);
            assertThat(output.scores)
                    .filteredOn(Score::active)
                    .filteredOn(s -> s.time() == slot && s.asset().equals(prediction.getAsset()))
                    .extracting(Score::yardsticks)
                    .containsExactly(YardstickForecasts.of(prediction.getYardsticks()));
        }
        assertThat(output.scores.get(0).yardsticks())
                .as("before the first label")
                .isEqualTo(YardstickForecasts.NONE);
    }

    /** What is known follows from the slot. */
    private static Observation knowing(Observation turn) {
        KnownTarget known =
                new KnownTarget(0, new double[] {turn.slot()}, 2, new double[] {turn.slot() + 0.5});
        return new Observation(
                turn.encoded(), known, turn.isNew(), turn.label(), turn.turn(), turn.fleet());
    }

    @Test
    void forecastsLearnersAndOpenBlocksSurviveARestore() throws Exception {
        List<Observation> turns = fleet(Turns.of(SLOTS));
        Output expected = run(turns);
        for (int cut : new int[] {1, 7, 38, 39, 40, 81, 118, 119, 121, 170, 239}) {
            Output output = new Output();
            OperatorSubtaskState state;
            try (var harness = harness(null)) {
                feed(harness, turns.subList(0, cut));
                assertThat(harness.numEventTimeTimers()).as("forecasts that wait").isPositive();
                output.take(harness);
                state = harness.snapshot(1, 1);
            }
            try (var harness = harness(state)) {
                feed(harness, turns.subList(cut, turns.size()));
                harness.processWatermark(LATER);
                output.take(harness);
                assertNoForecastIsLeft(harness, 2);
            }
            assertThat(output).as("restored after turn %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void forgetsAForecastWhoseLabelNeverComes() throws Exception {
        try (var harness = harness(null)) {
            List<Observation> turns = fleet(Turns.of(SLOTS));
            feed(harness, turns);
            Observation unlabelled = fleet(List.of(Turns.frame("x", 1000, 0))).get(0);
            feed(harness, List.of(unlabelled));
            assertThat(harness.numEventTimeTimers()).isPositive();
            harness.processWatermark(LATER);
            assertNoForecastIsLeft(harness, 2);
        }
    }

    @Test
    void aSweepThatIsDueSurvivesARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            feed(harness, fleet(List.of(Turns.frame("x", 0, 0))));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(state)) {
            assertThat(harness.numKeyedStateEntries())
                    .as("a learner, a forecast and when it is swept")
                    .isEqualTo(3);
            harness.processWatermark(LATER);
            assertThat(harness.numKeyedStateEntries()).as("a learner").isEqualTo(1);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static void assertNoForecastIsLeft(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, Prediction> harness,
            int assets) {
        assertThat(harness.numKeyedStateEntries())
                .as("the learners and the open block of every asset")
                .isEqualTo(2 * assets);
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    /** What the fleet emits on these turns. */
    private static List<Observation> fleet(List<Observation> turns) throws Exception {
        try (var harness =
                Harnesses.keyed(
                        new FleetFunction(Turns.SETTINGS, Turns.ORDER, Turns.TOLERANCE, 1000),
                        observation -> Fleet.NAME,
                        Observation.FORMAT,
                        null)) {
            for (Observation observation : turns) {
                harness.processElement(observation, observation.turn());
            }
            harness.processWatermark(LATER);
            return harness.extractOutputValues();
        }
    }

    private static Output run(List<Observation> turns) throws Exception {
        Output output = new Output();
        try (var harness = harness(null)) {
            feed(harness, turns);
            harness.processWatermark(LATER);
            output.take(harness);
        }
        return output;
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, Prediction> harness,
            List<Observation> turns)
            throws Exception {
        for (Observation observation : turns) {
            long time = Turns.ORDER.timerOf(observation.turn());
            harness.processWatermark(new Watermark(time - 1));
            harness.processElement(observation, time);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, Prediction> harness(
            OperatorSubtaskState state) throws Exception {
        return Harnesses.keyed(
                new AssetFunction(Turns.SETTINGS, Turns.ORDER, true, Turns.TOLERANCE),
                Observation::asset,
                EventFormats.PREDICTION,
                state);
    }
}
