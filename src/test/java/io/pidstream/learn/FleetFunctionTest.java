package io.pidstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Explanation;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Fleet;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.LearnerFormat;
import io.pidstream.join.Observation;
import io.pidstream.state.FormatType;
import io.pidstream.testing.Harnesses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FleetFunctionTest {
    private static final int SLOTS = 60;
    private static final long LATER = 10_000;

    /** What a run emitted. */
    private static final class Output {
        private final List<Observation> observations = new ArrayList<>();
        private final List<Explanation> explanations = new ArrayList<>();
        private final List<BlockStatistics> blocks = new ArrayList<>();

        void take(KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> from) {
            observations.addAll(from.extractOutputValues());
            explanations.addAll(Harnesses.side(from, FleetFunction.EXPLANATIONS));
            blocks.addAll(Harnesses.side(from, FleetFunction.BLOCKS));
        }
    }

    @Test
    void predictsFramesBeforeItLearnsLabels() throws Exception {
        try (var harness = harness(null)) {
            feed(harness, Turns.of(SLOTS));
            harness.processWatermark(LATER);
            Output output = new Output();
            output.take(harness);
            assertThat(output.observations).hasSize(4 * SLOTS);
            assertThat(output.observations)
                    .filteredOn(Observation::isNew)
                    .allSatisfy(
                            frame ->
                                    assertThat(frame.fleet())
                                            .hasSameSizeAs(frame.encoded().encodings()));
            assertThat(output.observations.get(0).fleet())
                    .as("nothing is known at the first frame")
                    .extracting(FleetForecast::isKnown)
                    .containsExactly(false);
            assertThat(output.explanations)
                    .extracting(Explanation::getModelVersion)
                    .startsWith(0L)
                    .endsWith(3L);
            assertThat(output.blocks).hasSameSizeAs(output.explanations);
        }
    }

    @Test
    void learnsASampleOfTheLabelsOfATurn() throws Exception {
        Output all = run(Turns.of(SLOTS));
        Output sampled = new Output();
        Output shuffled = new Output();
        List<Observation> turns = Turns.of(SLOTS);
        try (var harness = harness(null, 1)) {
            feed(harness, turns);
            harness.processWatermark(LATER);
            sampled.take(harness);
        }
        Collections.shuffle(turns, new Random(1));
        try (var harness = harness(null, 1)) {
            for (Observation observation : turns) {
                harness.processElement(observation, observation.turn());
            }
            harness.processWatermark(LATER);
            shuffled.take(harness);
        }
        assertSame(shuffled, sampled);
        assertThat(sampled.observations).as("frames and labels").hasSameSizeAs(all.observations);
        assertThat(sampled.blocks)
                .as("a block is so many labels learned, one of two at every turn")
                .hasSize(all.blocks.size() / 2);
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<Observation> turns = Turns.of(SLOTS);
        Output expected = run(turns);
        List<Observation> shuffled = new ArrayList<>(turns);
        Collections.shuffle(shuffled, new Random(1));
        Output output = new Output();
        try (var harness = harness(null)) {
            for (Observation observation : shuffled) {
                harness.processElement(observation, observation.turn());
            }
            harness.processWatermark(LATER);
            output.take(harness);
        }
        assertSame(output, expected);
    }

    @Test
    void waitingTurnsAndOpenBlocksSurviveARestore() throws Exception {
        List<Observation> turns = Turns.of(SLOTS);
        Output expected = run(turns);
        // In the middle of a turn, at its end, of a block, and on either side of a new version.
        for (int cut : new int[] {1, 7, 38, 39, 40, 81, 118, 119, 121, 170, 239}) {
            Output output = new Output();
            OperatorSubtaskState state;
            try (var harness = harness(null)) {
                feed(harness, turns.subList(0, cut));
                assertThat(harness.numEventTimeTimers()).as("turns that wait").isPositive();
                output.take(harness);
                state = harness.snapshot(1, 1);
            }
            try (var harness = harness(state)) {
                feed(harness, turns.subList(cut, turns.size()));
                harness.processWatermark(LATER);
                output.take(harness);
            }
            assertSame(output, expected);
        }
    }

    @Test
    void nothingWaitsOnceAllTurnsAreOver() throws Exception {
        try (var harness = harness(null)) {
            feed(harness, Turns.of(SLOTS));
            assertThat(harness.numKeyedStateEntries())
                    .as("learners, the open block and what waits")
                    .isEqualTo(3);
            harness.processWatermark(LATER);
            assertThat(harness.numKeyedStateEntries())
                    .as("learners and the open block")
                    .isEqualTo(2);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void forgetsAVersionByWhichNoFrameIsEncodedAnyMore() throws Exception {
        try (var harness = harness(null)) {
            feed(harness, Turns.of(SLOTS));
            harness.processWatermark(LATER);
            assertThat(versions(harness)).containsExactlyInAnyOrder(0L, 3L);
            long start = 2 * LATER;
            for (int i = 0; i < Turns.BLOCK; i++) {
                long slot = start + 10 * i;
                harness.processElement(Turns.frame("x", slot, 5, 3), slot);
                harness.processElement(Turns.label("x", slot, 5, 3), slot);
            }
            harness.processWatermark(2 * start);
            assertThat(versions(harness)).containsExactlyInAnyOrder(3L, 5L);
        }
    }

    private static List<Long> versions(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness)
            throws Exception {
        var operator = (AbstractStreamOperator<Observation>) harness.getOperator();
        var backend = operator.<String>getKeyedStateBackend();
        backend.setCurrentKey(Fleet.NAME);
        List<Long> versions = new ArrayList<>();
        backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new MapStateDescriptor<>(
                                "fleet-learner-by-version",
                                Types.LONG,
                                FormatType.of(LearnerFormat.ofFleet(Turns.SETTINGS))))
                .keys()
                .forEach(versions::add);
        return versions;
    }

    private static Output run(List<Observation> turns) throws Exception {
        Output output = new Output();
        try (var harness = harness(null)) {
            feed(harness, turns);
            harness.processWatermark(LATER);
            output.take(harness);
        }
        assertThat(output.blocks).hasSizeGreaterThan(5);
        return output;
    }

    private static void assertSame(Output output, Output expected) {
        assertThat(output.observations).isEqualTo(expected.observations);
        assertThat(output.explanations).isEqualTo(expected.explanations);
        assertThat(output.blocks).isEqualTo(expected.blocks);
    }

    /** In order, with a watermark just before each turn. */
    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness,
            List<Observation> turns)
            throws Exception {
        for (Observation observation : turns) {
            harness.processWatermark(new Watermark(observation.turn() - 1));
            harness.processElement(observation, observation.turn());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness(
            OperatorSubtaskState state) throws Exception {
        return harness(state, 1000);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness(
            OperatorSubtaskState state, int mostLabels) throws Exception {
        return Harnesses.keyed(
                new FleetFunction(Turns.SETTINGS, Turns.ORDER, Turns.TOLERANCE, mostLabels),
                observation -> Fleet.NAME,
                Observation.FORMAT,
                state);
    }
}
