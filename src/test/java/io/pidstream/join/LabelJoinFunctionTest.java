package io.pidstream.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.align.SlotAggregate;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Label;
import io.pidstream.event.Frame;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.RunState;
import io.pidstream.pid.ModalitySet;
import io.pidstream.testing.Serializers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Slots of 10 ms, labels accepted until 30 ms after their slot. */
class LabelJoinFunctionTest {
    private static final LearningOrder ORDER = new LearningOrder(10, 9, 30);

    @Test
    void predictsTheFrameThenLearnsItsLabel() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(label(0, 0, 5), 0);
            harness.processElement1(frame(0), 0);
            watermark(harness, 8);
            assertThat(harness.extractOutputValues()).isEmpty();
            watermark(harness, 9);
            assertThat(turns(harness)).containsExactly("frame 0", "label 0=5.0");
        }
    }

    @Test
    void aLabelWaitsForItsRecordedAt() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(label(0, 20, 5), 20);
            harness.processElement1(frame(0), 0);
            harness.processElement1(frame(10), 10);
            harness.processElement1(frame(20), 20);
            watermark(harness, 19);
            assertThat(turns(harness)).containsExactly("frame 0", "frame 10");
            watermark(harness, 29);
            assertThat(turns(harness).subList(2, 4))
                    .as("at the same turn the frame goes first")
                    .containsExactly("frame 20", "label 0=5.0");
        }
    }

    /** As sources are that were silent for so long that they are idle, and labels that come. */
    @Test
    void labelsDoNotMoveTimeOnWhileFramesAreIdle() throws Exception {
        try (var harness = harness()) {
            harness.processWatermarkStatus1(WatermarkStatus.IDLE);
            harness.processElement2(label(0, 0, 5), 0);
            harness.processElement2(label(10, 10, 6), 10);
            harness.processWatermark2(new Watermark(1_000));
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS)).isNull();
            harness.processElement1(frame(0), 0);
            harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
            harness.processWatermark1(new Watermark(9));
            assertThat(turns(harness)).containsExactly("frame 0", "label 0=5.0");
            harness.processWatermarkStatus1(WatermarkStatus.IDLE);
            harness.processWatermark2(new Watermark(2_000));
            harness.processElement1(frame(10), 10);
            harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
            harness.processWatermark1(new Watermark(19));
            assertThat(turns(harness).subList(2, 4)).containsExactly("frame 10", "label 10=6.0");
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS)).isNull();
        }
    }

    @Test
    void labelsHoldTimeBackUntilTheyAreIdle() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            harness.processWatermark2(new Watermark(8));
            harness.processWatermark1(new Watermark(100));
            assertThat(turns(harness)).isEmpty();
            harness.processWatermarkStatus2(WatermarkStatus.IDLE);
            assertThat(turns(harness)).containsExactly("frame 0");
        }
    }

    @Test
    void orderDoesNotDependOnArrival() throws Exception {
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(frame(10 * i));
            events.add(label(10 * i, 10 * i + 13, i));
        }
        List<String> expected = null;
        Random random = new Random(3);
        for (int run = 0; run < 10; run++) {
            try (var harness = harness()) {
                for (Object event : events) {
                    if (event instanceof Frame frame) {
                        harness.processElement1(frame, frame.turn());
                    } else {
                        PlacedLabel placed = (PlacedLabel) event;
                        long recordedAt = placed.label().getRecordedAt().toEpochMilli();
                        harness.processElement2(placed, recordedAt);
                    }
                }
                watermark(harness, 200);
                if (expected == null) {
                    expected = turns(harness);
                }
                assertThat(turns(harness)).hasSize(20).isEqualTo(expected);
            }
            Collections.shuffle(events, random);
        }
    }

    @Test
    void labelsThatCannotBeLearnedBecomeDeadLetters() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            harness.processElement2(label(0, 1, 5), 1);
            harness.processElement2(label(0, 1, 5), 1); // The very same again: a retry.
            harness.processElement2(label(0, 2, 6), 2);
            harness.processElement2(label(10, 12, 7), 12);
            harness.processElement2(label(0, 1_000, 8), 1_000);
            watermark(harness, 2_000);
            assertThat(turns(harness)).containsExactly("frame 0", "label 0=5.0");
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS))
                    .extracting(d -> d.getValue().getReason())
                    .containsExactly(
                            DeadLetterReason.LABEL_TOO_LATE,
                            DeadLetterReason.SECOND_LABEL,
                            DeadLetterReason.LABEL_WITHOUT_FRAME);
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS))
                    .extracting(d -> d.getValue().getPartition(), d -> d.getValue().getOffset())
                    .containsExactly(tuple(3, 8L), tuple(3, 6L), tuple(3, 7L));
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS))
                    .extracting(d -> d.getValue().getDetail())
                    .anySatisfy(
                            detail ->
                                    assertThat(detail)
                                            .isEqualTo(
                                                    "labels, partition 3, offset 6: asset x, time"
                                                        + " 1970-01-01T00:00:00Z, recorded at"
                                                        + " 1970-01-01T00:00:00.002Z, value 6.0:"
                                                        + " the slot's label 5.0 was already"
                                                        + " learned at 1970-01-01T00:00:00.001Z"));
        }
    }

    /** Labels 2 ms apart, known 13 ms after their time. */
    private static List<PlacedLabel> many(long slot) {
        return Stream.iterate(slot, time -> time + 2)
                .limit(5)
                .map(time -> label(time, time + 13, time))
                .toList();
    }

    @Test
    void severalLabelsOfASlotAreLearnedAsOneWhenItIsKnown() throws Exception {
        Random random = new Random(5);
        for (SlotAggregate aggregate : SlotAggregate.values()) {
            for (int run = 0; run < 5; run++) {
                List<PlacedLabel> shuffled = new ArrayList<>(many(0));
                shuffled.addAll(many(20));
                Collections.shuffle(shuffled, random);
                try (var harness = newHarness(ORDER, aggregate, true)) {
                    harness.open();
                    for (int t = 0; t < 60; t += 10) {
                        harness.processElement1(frame(t), t);
                    }
                    for (PlacedLabel placed : shuffled) {
                        harness.processElement2(placed, 0);
                    }
                    watermark(harness, 200);
                    assertThat(labels(harness))
                            .containsExactlyElementsOf(
                                    switch (aggregate) {
                                        case FIRST -> List.of("0.0 at 13", "20.0 at 33");
                                        case LAST -> List.of("8.0 at 21", "28.0 at 41");
                                        case MEAN -> List.of("4.0 at 21", "24.0 at 41");
                                    });
                    assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS)).isNull();
                    assertThat(harness.numKeyedStateEntries()).isLessThanOrEqualTo(1);
                }
            }
        }
    }

    /** Value and turn of every label that is learned. */
    private static List<String> labels(
            KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation> h) {
        return h.extractOutputValues().stream()
                .filter(Observation::isLabelled)
                .map(o -> o.label().getValue() + " at " + o.turn())
                .toList();
    }

    @Test
    void aLabelThatIsKnownAfterTheGroupOfItsSlotIsRefused() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            harness.processElement2(label(1, 5, 1), 5);
            harness.processElement2(label(4, 14, 4), 14);
            harness.processElement2(label(9, 15, 9), 15);
            harness.processElement1(frame(10), 10);
            watermark(harness, 200);
            assertThat(labels(harness)).containsExactly("4.0 at 14");
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS))
                    .extracting(d -> d.getValue().getOffset())
                    .containsExactly(9L);
        }
    }

    @Test
    void aGroupOfLabelsSurvivesARestoreInItsMiddle() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = newHarness(ORDER, SlotAggregate.MEAN, true)) {
            harness.open();
            harness.processElement1(frame(0), 0);
            for (PlacedLabel placed : many(0)) {
                harness.processElement2(placed, 0);
            }
            watermark(harness, 13 + 9);
            assertThat(labels(harness)).isEmpty();
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = newHarness(ORDER, SlotAggregate.MEAN, true)) {
            harness.initializeState(snapshot);
            harness.open();
            watermark(harness, 200);
            assertThat(labels(harness)).containsExactly("4.0 at 21");
            assertThat(harness.numKeyedStateEntries()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aTurnThatComesAgainIsFoundOnce() throws Exception {
        try (var harness = newHarness(ORDER, SlotAggregate.MEAN, true)) {
            harness.open();
            harness.processElement1(frame(0), 0);
            harness.processElement2(label(1, 5, 1), 5);
            harness.processElement2(label(2, 6, 2), 6);
            harness.processElement2(label(3, 5, 3), 5);
            harness.processElement2(label(4, 6, 10), 6);
            watermark(harness, 200);
            assertThat(labels(harness)).containsExactly("4.0 at 6");
        }
    }

    @Test
    void forgetsAFrameWhoseLabelNeverCame() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            watermark(harness, 1_000);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aFrameKnowsTheNewestTargetThatWasKnownAtItsTurn() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(label(0, 0, 5), 0);
            harness.processElement2(label(10, 25, 6), 25);
            for (int t : new int[] {0, 10, 20, 30}) {
                harness.processElement1(frame(t), t);
            }
            watermark(harness, 100);
            assertThat(harness.extractOutputValues())
                    .filteredOn(Observation::isNew)
                    .extracting(Observation::known)
                    .containsExactly(
                            null,
                            KnownTarget.first(0, 5),
                            KnownTarget.first(0, 5),
                            KnownTarget.first(0, 5).with(10, 6));
        }
    }

    @Test
    void whatIsKnownTravelsWithANewFrameWhereLearnersDoNotReadIt() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = newHarness(ORDER, false)) {
            harness.open();
            harness.processElement2(label(10, 10, 5), 10);
            harness.processElement2(label(0, 20, 8), 20);
            for (int t : new int[] {0, 10, 20}) {
                harness.processElement1(frame(t), t);
            }
            watermark(harness, 29);
            assertThat(harness.extractOutputValues())
                    .filteredOn(Observation::isNew)
                    .extracting(Observation::known)
                    .containsExactly(null, null, KnownTarget.first(10, 5));
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = newHarness(ORDER, false)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement1(frame(30), 30);
            harness.processElement2(label(30, 50, 9), 50);
            watermark(harness, 100);
            assertThat(harness.extractOutputValues())
                    .as("an older slot's label counts for the mean; the later turn needs nothing")
                    .extracting(Observation::known)
                    .containsExactly(
                            new KnownTarget(10, new double[] {5}, 2, new double[] {6.5}), null);
        }
    }

    @Test
    void theMeanOfAllLabelsDoesNotOverflow() {
        KnownTarget known = KnownTarget.first(0, Double.MAX_VALUE, 3);
        known = known.with(10, -Double.MAX_VALUE, 5);
        assertThat(known.means()).containsExactly(0, 4);
        known = known.with(5, Double.MAX_VALUE, 10);
        assertThat(known.slot()).isEqualTo(10);
        assertThat(known.values()).containsExactly(-Double.MAX_VALUE, 5);
        assertThat(known.means()[1]).isCloseTo(6, within(1e-12));
        assertThat(known.means()[0]).isFinite();
    }

    @Test
    void labelsOfAnAssetThatIsNotRunningAreLeftOut() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            harness.processElement1(frame(10).with(RunState.NOT_RUNNING), 10);
            harness.processElement1(frame(20).with(RunState.NOT_RUNNING), 20);
            harness.processElement2(label(0, 0, 5), 0);
            harness.processElement2(label(10, 10, 6), 10);
            harness.processElement2(label(20, 35, 7), 35);
            harness.processElement2(label(20, 36, 7), 36);
            watermark(harness, 60);

            assertThat(turns(harness))
                    .containsExactly("frame 0", "label 0=5.0", "frame 10", "frame 20");
            assertThat(harness.extractOutputValues().get(2).known().values())
                    .as("nor are they what is known of the target")
                    .containsExactly(5);
            assertThat(harness.getSideOutput(LabelJoinFunction.DEAD_LETTERS)).isNull();
        }
    }

    @Test
    void anAssetStaysAsItWasWhereNothingTells() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.processElement1(frame(0).with(RunState.UNKNOWN), 0);
            harness.processElement1(frame(10).with(RunState.NOT_RUNNING), 10);
            watermark(harness, 19);
            assertThat(states(harness)).containsExactly(RunState.RUNNING, RunState.NOT_RUNNING);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = newHarness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement1(frame(20).with(RunState.UNKNOWN), 20);
            harness.processElement2(label(20, 35, 7), 35);
            harness.processElement1(frame(30), 30);
            harness.processElement1(frame(40).with(RunState.UNKNOWN), 40);
            watermark(harness, 60);
            assertThat(states(harness))
                    .containsExactly(RunState.NOT_RUNNING, RunState.RUNNING, RunState.RUNNING);
        }
    }

    private static List<RunState> states(
            KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation> h) {
        return h.extractOutputValues().stream().map(o -> o.encoded().frame().state()).toList();
    }

    @Test
    void waitingFramesAndLabelsSurviveARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.processElement1(frame(0), 0);
            harness.processElement2(label(0, 15, 5), 15);
            watermark(harness, 9);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = newHarness()) {
            harness.initializeState(snapshot);
            harness.open();
            watermark(harness, 30);
            assertThat(turns(harness)).containsExactly("label 0=5.0");
        }
    }

    @Test
    void aLabelOfAnIncompleteFrameWaitsUntilTheFrameCanCome() throws Exception {
        // As with alignment.aggregate: first, where an incomplete frame's turn is its slot's end.
        LearningOrder first = new LearningOrder(10, 0, 30);
        try (var harness = newHarness(first)) {
            harness.open();
            harness.processElement2(label(0, 0, 5), 0);
            watermark(harness, 5);
            Frame late = new Frame("x", 0, 9, new ModalitySet(0), new double[] {Double.NaN});
            harness.processElement1(late, 9);
            watermark(harness, 9);
            assertThat(turns(harness)).containsExactly("frame 0", "label 0=5.0");
        }
    }

    private static List<String> turns(
            KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation> h) {
        return h.extractOutputValues().stream()
                .flatMap(
                        o ->
                                Stream.of(
                                                o.isNew() ? "frame " + o.slot() : null,
                                                o.isLabelled()
                                                        ? "label "
                                                                + o.slot()
                                                                + "="
                                                                + o.label().getValue()
                                                        : null)
                                        .filter(Objects::nonNull))
                .toList();
    }

    private static void watermark(
            KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation> h,
            long time)
            throws Exception {
        h.processWatermark1(new org.apache.flink.streaming.api.watermark.Watermark(time));
        h.processWatermark2(new org.apache.flink.streaming.api.watermark.Watermark(time));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>
            harness() throws Exception {
        var harness = newHarness();
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>
            newHarness() throws Exception {
        return newHarness(ORDER);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>
            newHarness(LearningOrder order) throws Exception {
        return newHarness(order, true);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>
            newHarness(LearningOrder order, boolean history) throws Exception {
        return newHarness(order, SlotAggregate.LAST, history);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>
            newHarness(LearningOrder order, SlotAggregate aggregate, boolean history)
                    throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<String, Frame, PlacedLabel, Observation>(
                        new LabelJoinOperator(
                                new LabelJoinFunction(
                                        order, aggregate, history, List.of("labels"))),
                        Frame::asset,
                        PlacedLabel::asset,
                        Types.STRING);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(Serializers.of(Observation.FORMAT));
        return harness;
    }

    private static Frame frame(long time) {
        return new Frame("x", time, time, new ModalitySet(1), new double[] {time});
    }

    private static PlacedLabel label(long time, long recordedAt, double value) {
        Label label =
                new Label(
                        "x",
                        Instant.ofEpochMilli(time),
                        Instant.ofEpochMilli(recordedAt),
                        value,
                        List.of());
        return new PlacedLabel(label, "labels", 3, Math.round(value));
    }
}
