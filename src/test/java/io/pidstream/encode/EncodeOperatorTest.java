package io.pidstream.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.pid.ModalitySet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class EncodeOperatorTest {
    @Test
    void holdsFramesBackUntilTheBatchIsFull() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(1), 1);
            harness.processElement1(frame(2), 2);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processElement1(frame(3), 3);
            assertThat(harness.extractOutputValues()).hasSize(3);
        }
    }

    @Test
    void framesLeaveBeforeTheWatermarkThatFollowsThem() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(1), 1);
            harness.processWatermark1(new Watermark(1));
            assertThat(harness.getOutput())
                    .containsExactly(new StreamRecord<>(encoded(1), 1), new Watermark(1));
        }
    }

    @Test
    void modelVersionsDoNotHoldEventTimeBack() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(), 0);
            harness.processWatermark1(new Watermark(5));
            harness.processWatermark2(new Watermark(2));
            harness.processWatermark2(Watermark.MAX_WATERMARK);
            assertThat(harness.getOutput()).containsExactly(new Watermark(5));
        }
    }

    @Test
    void noFrameIsInASnapshot() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(1), 1);
            harness.getOperator().prepareSnapshotPreBarrier(1);
            harness.snapshot(1, 1);
            assertThat(harness.extractOutputValues()).containsExactly(encoded(1));
        }
    }

    @Test
    void keepsTheVersionsAcrossARestore() throws Exception {
        try (var harness = harness()) {
            harness.processElement2(version(), 0);
            var snapshot = harness.snapshot(1, 1);
            var restored = newHarness();
            restored.initializeState(snapshot);
            restored.open();
            assertThat(restored.getOperator()).isInstanceOf(EncodeOperator.class);
            assertThat(((EncodeOperator) restored.getOperator()).knownVersions())
                    .containsExactly(4L);
            restored.close();
        }
    }

    @Test
    void whatIsLeftLeavesAtTheEnd() throws Exception {
        try (var harness = harness()) {
            harness.processElement1(frame(1), 1);
            harness.getOperator().finish();
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Observation, ModelVersion, Observation>
            harness() throws Exception {
        var harness = newHarness();
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Observation, ModelVersion, Observation>
            newHarness() throws Exception {
        return EncodeHarness.of(
                new EncodeSettings(
                        3,
                        new EncodableModalities(
                                new Modalities(
                                        List.of(
                                                new Modality("a", List.of("x")),
                                                new Modality("b", List.of("y")))),
                                null),
                        new LearningOrder(1, 0, 10),
                        List.of("t"),
                        "cpu",
                        "p.model-versions",
                        List.of()));
    }

    private static Observation frame(long time) {
        return EncodeHarness.observation(
                new Frame("x", time, time, new ModalitySet(1), new double[] {time}));
    }

    private static Observation encoded(long time) {
        return frame(time).encoded(List.of(Encoding.identity(new double[] {time})));
    }

    private static ModelVersion version() {
        return new ModelVersion(
                4L,
                ModelState.CANDIDATE,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                "hash",
                "sha",
                null,
                null,
                Map.of(),
                "");
    }
}
