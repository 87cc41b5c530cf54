package io.pidstream.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Reading;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.pid.ModalitySet;
import io.pidstream.testing.Serializers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AlignFunctionTest {
    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("a", List.of("a1", "a2")),
                            new Modality("b", List.of("b1"))));

    @Test
    void emitsTheFrameWhenTheWatermarkPassesTheSlot() throws Exception {
        try (var harness = harness(SlotAggregate.LAST)) {
            harness.processElement(a("x", 1_000, 1, 2), 1_000);
            harness.processElement(b("x", 1_400, 3), 1_400);
            harness.processWatermark(1_998);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(1_999);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new Frame(
                                    "x",
                                    1_000,
                                    1_000,
                                    new ModalitySet(0b11),
                                    new double[] {1, 2, 3}));
            assertThat(harness.numKeyedStateEntries()).as("only closed-until is left").isEqualTo(1);
        }
    }

    @Test
    void marksAnAbsentModalityAndAMissingChannel() throws Exception {
        try (var harness = harness(SlotAggregate.LAST)) {
            harness.processElement(b("x", 1_000, 3), 1_000);
            harness.processElement(reading("x", "a", 2_000, 1.0, null), 2_000);
            harness.processElement(b("x", 2_000, 4), 2_000);
            harness.processWatermark(3_000);
            double nan = Double.NaN;
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new Frame(
                                    "x",
                                    1_000,
                                    1_000,
                                    new ModalitySet(0b10),
                                    new double[] {nan, nan, 3}),
                            new Frame(
                                    "x",
                                    2_000,
                                    2_000,
                                    new ModalitySet(0b10),
                                    new double[] {nan, nan, 4}));
        }
    }

    @Test
    void sameReadingTwiceChangesNothing() throws Exception {
        try (var harness = harness(SlotAggregate.MEAN)) {
            harness.processElement(b("x", 1_000, 1), 1_000);
            harness.processElement(b("x", 1_000, 1), 1_000);
            harness.processElement(b("x", 1_500, 4), 1_500);
            harness.processWatermark(2_000);
            assertThat(harness.extractOutputValues().get(0).values()[2]).isEqualTo(2.5);
        }
    }

    @Test
    void outputDoesNotDependOnTheOrderOfArrival() throws Exception {
        List<Reading> readings =
                List.of(
                        a("x", 1_000, 1, 2),
                        a("x", 1_200, 5, 6),
                        a("x", 1_200, 4, 7),
                        reading("x", "a", 1_200, null, 9.0),
                        b("x", 1_100, 3),
                        b("x", 1_900, 9));
        for (SlotAggregate aggregate : List.of(SlotAggregate.LAST, SlotAggregate.MEAN)) {
            List<Frame> expected = null;
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                List<Reading> shuffled = new ArrayList<>(readings);
                Collections.shuffle(shuffled, random);
                try (var harness = harness(aggregate)) {
                    for (Reading reading : shuffled) {
                        harness.processElement(reading, reading.getTime().toEpochMilli());
                    }
                    harness.processWatermark(2_000);
                    if (expected == null) {
                        expected = harness.extractOutputValues();
                    }
                    assertThat(harness.extractOutputValues()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void readingsOfOneChannelEachMakeAModalityWhateverTheirOrder() throws Exception {
        List<Reading> readings =
                List.of(
                        reading("x", "a", 1_000, 1.0, null),
                        reading("x", "a", 1_100, null, 2.0),
                        reading("x", "a", 1_200, 3.0, null),
                        reading("x", "a", 1_300, null, null),
                        b("x", 1_100, 9));
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            List<Reading> shuffled = new ArrayList<>(readings);
            Collections.shuffle(shuffled, random);
            assertThat(values(SlotAggregate.LAST, shuffled)).containsExactly(3, 2, 9);
            assertThat(values(SlotAggregate.MEAN, shuffled)).containsExactly(2, 2, 9);
        }
    }

    @Test
    void firstWaitsForEveryChannel() throws Exception {
        try (var harness = harness(SlotAggregate.FIRST)) {
            harness.processElement(b("x", 1_000, 9), 1_000);
            harness.processElement(reading("x", "a", 1_100, 1.0, null), 1_100);
            harness.processElement(reading("x", "a", 1_200, 5.0, null), 1_200);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processElement(reading("x", "a", 1_300, null, 2.0), 1_300);
            assertThat(harness.extractOutputValues().get(0).values()).containsExactly(1, 2, 9);
        }
    }

    private static double[] values(SlotAggregate aggregate, List<Reading> readings)
            throws Exception {
        try (var harness = harness(aggregate)) {
            for (Reading reading : readings) {
                harness.processElement(reading, reading.getTime().toEpochMilli());
            }
            harness.processWatermark(2_000);
            return harness.extractOutputValues().get(0).values();
        }
    }

    @Test
    void sendsAReadingOfAClosedSlotToTheSideOutput() throws Exception {
        try (var harness = harness(SlotAggregate.LAST)) {
            harness.processElement(b("x", 1_000, 1), 1_000);
            harness.processWatermark(1_999);
            Reading late = a("x", 1_500, 1, 2);
            harness.processElement(late, 1_500);
            harness.processWatermark(5_000);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(AlignFunction.LATE))
                    .extracting(r -> r.getValue())
                    .containsExactly(late);
        }
    }

    @Test
    void firstEmitsACompleteFrameAtOnceAndAnIncompleteOneAtTheEndOfItsSlot() throws Exception {
        try (var harness = harness(SlotAggregate.FIRST)) {
            harness.processElement(a("x", 1_000, 1, 2), 1_000);
            harness.processElement(b("x", 1_000, 3), 1_000);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new Frame(
                                    "x",
                                    1_000,
                                    1_000,
                                    new ModalitySet(0b11),
                                    new double[] {1, 2, 3}));
            harness.processElement(b("x", 1_000, 3), 1_000);
            harness.processElement(b("x", 2_000, 4), 2_000);
            harness.processWatermark(2_999);
            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(harness.extractOutputValues().get(1).turn()).isEqualTo(2_999);
        }
    }

    @Test
    void keepsTheOpenSlotAcrossARestoreAndOpensNoClosedOne() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(SlotAggregate.LAST)) {
            harness.processElement(b("x", 1_000, 1), 1_000);
            harness.processWatermark(1_999);
            harness.processElement(a("x", 2_000, 1, 2), 2_000);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(a("x", 1_000, 1, 2), 1_000);
            harness.processElement(b("x", 2_000, 7), 2_000);
            harness.processWatermark(2_999);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new Frame(
                                    "x",
                                    2_000,
                                    2_000,
                                    new ModalitySet(0b11),
                                    new double[] {1, 2, 7}));
            assertThat(harness.getSideOutput(AlignFunction.LATE)).hasSize(1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Reading, Frame> harness(
            SlotAggregate aggregate) throws Exception {
        var harness = newHarness(aggregate);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Reading, Frame> harness()
            throws Exception {
        return newHarness(SlotAggregate.LAST);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Reading, Frame> newHarness(
            SlotAggregate aggregate) throws Exception {
        var function = new AlignFunction(MODALITIES, new SlotClock(1_000), aggregate, null);
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function), Reading::getAsset, Types.STRING);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(Serializers.of(Frame.FORMAT));
        return harness;
    }

    private static Reading a(String asset, long time, double a1, double a2) {
        return reading(asset, "a", time, a1, a2);
    }

    private static Reading b(String asset, long time, double b1) {
        return reading(asset, "b", time, b1);
    }

    private static Reading reading(String asset, String modality, long time, Double... values) {
        return new Reading(asset, modality, Instant.ofEpochMilli(time), Arrays.asList(values));
    }
}
