package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.event.RunState;
import io.pidstream.pid.ModalitySet;
import io.pidstream.testing.Harnesses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Slots of a second; a modality is stalled after 20 s. */
class StallFunctionTest {
    private static final AlertSettings SETTINGS =
            new AlertSettings(
                    "co",
                    List.of("mox", "env"),
                    List.of("mox.x", "env.t"),
                    Duration.ofHours(1),
                    0.05,
                    Duration.ofSeconds(20));

    /** Of asset x, env is silent from second 10 up to second 50; asset y is always whole. */
    private static List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            boolean silent = second >= 10 && second < 50;
            frames.add(frame("x", second, silent ? ModalitySet.of(0) : ModalitySet.all(2)));
            frames.add(frame("y", second, ModalitySet.all(2)));
        }
        return frames;
    }

    private static Frame frame(String asset, int second, ModalitySet present) {
        double[] values = {
            present.contains(0) ? 1 : Double.NaN, present.contains(1) ? 1 : Double.NaN
        };
        return new Frame(asset, second * 1000L, second * 1000L + 999, present, values);
    }

    @Test
    void absenceIsNoSilenceWhileTheAssetIsNotRunning() throws Exception {
        List<Frame> frames =
                frames().stream()
                        .map(
                                frame ->
                                        frame.present().contains(1)
                                                ? frame
                                                : frame.with(RunState.NOT_RUNNING))
                        .toList();
        assertThat(run(frames)).isEmpty();
    }

    @Test
    void aSilenceCountsFromWhenTheAssetRunsAgain() throws Exception {
        List<Frame> frames =
                frames().stream()
                        .map(
                                frame ->
                                        frame.asset().equals("x") && frame.time() < 25_000
                                                ? frame.with(RunState.NOT_RUNNING)
                                                : frame)
                        .toList();

        assertThat(run(frames).get(0).getOpenedAt()).isEqualTo(Instant.ofEpochMilli(44_999));
    }

    @Test
    void opensOneAlertAndResolvesItWhenTheModalityIsBack() throws Exception {
        List<Alert> alerts = run(frames());

        assertThat(alerts)
                .extracting(Alert::getState, Alert::getAsset, Alert::getModality)
                .containsExactly(
                        tuple(AlertState.OPEN, "x", "env"), tuple(AlertState.RESOLVED, "x", "env"));
        Alert resolved = alerts.get(1);
        assertThat(resolved.getId()).isEqualTo(alerts.get(0).getId());
        assertThat(resolved.getOpenedAt()).isEqualTo(Instant.ofEpochMilli(29_999));
        assertThat(resolved.getResolvedAt()).isEqualTo(Instant.ofEpochMilli(52_999));
    }

    @Test
    void theAlertsAreTheSameWhereverTheJobWasRestored() throws Exception {
        List<Frame> frames = frames();
        List<Alert> expected = run(frames);
        for (int cut = 1; cut < frames.size(); cut++) {
            List<Alert> alerts;
            OperatorSubtaskState state;
            try (var harness = harness(null)) {
                feed(harness, frames.subList(0, cut));
                alerts = new ArrayList<>(harness.extractOutputValues());
                state = harness.snapshot(1, 1);
            }
            try (var harness = harness(state)) {
                feed(harness, frames.subList(cut, frames.size()));
                alerts.addAll(harness.extractOutputValues());
            }
            assertThat(alerts).as("restored after frame %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void keepsOneEntryOfEveryAssetAndNoTimers() throws Exception {
        try (var harness = harness(null)) {
            feed(harness, frames());
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static List<Alert> run(List<Frame> frames) throws Exception {
        try (var harness = harness(null)) {
            feed(harness, frames);
            return harness.extractOutputValues();
        }
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<String, Frame, Alert> harness,
            List<Frame> frames)
            throws Exception {
        for (Frame frame : frames) {
            harness.processElement(frame, frame.turn());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Frame, Alert> harness(
            OperatorSubtaskState state) throws Exception {
        return Harnesses.keyed(
                new StallFunction(SETTINGS, 2), Frame::asset, EventFormats.ALERT, state);
    }
}
