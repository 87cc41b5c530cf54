package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.metric.Metric;
import io.pidstream.testing.BlockSeries;
import io.pidstream.testing.Serializers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFunctionTest {
    private static final AlertSettings SETTINGS =
            new AlertSettings(
                    "co",
                    List.of("mox", "env"),
                    List.of("mox.x"),
                    Duration.ofHours(1000),
                    0.05,
                    Duration.ofHours(20));

    private static KeyedTwoInputStreamOperatorTestHarness<String, BlockStatistics, Notice, Alert>
            harness(OperatorSubtaskState state) throws Exception {
        return harness(state, new KeyedCoProcessOperator<>(new AlertFunction(SETTINGS)));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, BlockStatistics, Notice, Alert>
            harness(
                    OperatorSubtaskState state,
                    KeyedCoProcessOperator<String, BlockStatistics, Notice, Alert> operator)
                    throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        operator, block -> "*", alert -> "*", Types.STRING);
        harness.setup(Serializers.of(EventFormats.ALERT));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static List<Alert> run(List<BlockStatistics> blocks) throws Exception {
        try (var harness = harness(null)) {
            feed(harness, blocks);
            return alerts(harness);
        }
    }

    private static void feed(
            KeyedTwoInputStreamOperatorTestHarness<String, BlockStatistics, Notice, Alert> harness,
            List<BlockStatistics> blocks)
            throws Exception {
        long last = 0;
        for (BlockStatistics block : blocks) {
            harness.processElement1(block, block.known());
            last = Math.max(last, block.known());
        }
        harness.processBothWatermarks(new Watermark(last));
    }

    private static List<Alert> alerts(
            KeyedTwoInputStreamOperatorTestHarness<String, BlockStatistics, Notice, Alert>
                    harness) {
        List<Alert> alerts = new ArrayList<>();
        for (StreamRecord<? extends Alert> emitted : harness.extractOutputStreamRecords()) {
            Alert alert = emitted.getValue();
            Instant at =
                    alert.getState() == AlertState.OPEN
                            ? alert.getOpenedAt()
                            : alert.getResolvedAt();
            assertThat(at)
                    .as("when it is emitted")
                    .isEqualTo(Instant.ofEpochMilli(emitted.getTimestamp()));
            alerts.add(alert);
        }
        return alerts;
    }

    /** Thirty usual blocks; then the first modality loses what it knew; then it is back. */
    private static List<BlockStatistics> shifted(String asset, long seed) {
        return shifted(new BlockSeries(asset, seed), 0, 0.5);
    }

    private static List<BlockStatistics> shifted(BlockSeries series, double own, double both) {
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            boolean off = i >= 30 && i < 50;
            blocks.add(off ? series.next(own, 0.5, both) : series.next(1, 0.5, 1.2));
        }
        return blocks;
    }

    private static List<BlockStatistics> usual(String asset, long seed) {
        BlockSeries series = new BlockSeries(asset, seed);
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            blocks.add(series.next(1, 0.5, 1.2));
        }
        return blocks;
    }

    @Test
    void aNewVersionIsNoNewBeginningWhereLatentsMeanTheSame() throws Exception {
        BlockSeries shared = new BlockSeries("site-1", 1);
        BlockSeries apart = new BlockSeries("site-1", 1);
        List<BlockStatistics> renewed = new ArrayList<>();
        List<BlockStatistics> replaced = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            long version = 1L + i / 4;
            shared.renew(version, Encoding.SHARED);
            apart.renew(version, version);
            renewed.add(i < 30 ? shared.next(1, 0.5, 1.2) : shared.next(0, 0.5, 0.5));
            replaced.add(i < 30 ? apart.next(1, 0.5, 1.2) : apart.next(0, 0.5, 0.5));
        }

        assertThat(run(renewed))
                .singleElement()
                .satisfies(
                        alert -> {
                            assertThat(alert.getModality()).isEqualTo("mox");
                            assertThat(alert.getState()).isEqualTo(AlertState.OPEN);
                        });
        assertThat(run(replaced)).isEmpty();
    }

    @Test
    void tellsOfAShiftOnceAndOfItsEndOnce() throws Exception {
        List<Alert> alerts = run(shifted("site-1", 1));
        assertThat(alerts).hasSize(2);
        Alert opened = alerts.get(0);
        assertThat(opened.getKind()).isEqualTo("CONTRIBUTION_SHIFT");
        assertThat(opened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(opened.getModality()).isEqualTo("mox");
        assertThat(opened.getDirection()).isEqualTo("DOWN");
        assertThat(opened.getCause()).isEqualTo("OWN_INFORMATION_FELL");
        assertThat(opened.getChangeTime()).isEqualTo(Instant.ofEpochMilli(30 * BlockSeries.HOUR));
        assertThat(opened.getOpenedAt())
                .isBeforeOrEqualTo(Instant.ofEpochMilli(34 * BlockSeries.HOUR));
        assertThat(opened.getMessage())
                .startsWith("site-1: mox contributes less information about co: ");
        assertThat(opened.getMeasures().get(0).getName()).isEqualTo("share.mox");
        assertThat(opened.getMeasures().get(0).getAfterUpper())
                .isLessThan(opened.getMeasures().get(0).getBeforeLower());
        assertThat(opened.getBlocks()).extracting(b -> b.getChanged()).contains(true, false);
        Alert resolved = alerts.get(1);
        assertThat(resolved.getId()).isEqualTo(opened.getId());
        assertThat(resolved.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(resolved.getResolvedAt()).isEqualTo(Instant.ofEpochMilli(53 * BlockSeries.HOUR));
    }

    @Test
    void theAlertIsTheSameWhereverTheJobWasRestored() throws Exception {
        restores(shifted("site-1", 2), 1, 12, 29, 31, 33, 45, 52, 60);
    }

    @Test
    void openingsThatWaitForTheFleetSurviveARestore() throws Exception {
        int[] cuts = IntStream.rangeClosed(120, 145).toArray();
        restores(staggered(4, 3000, 0.9, 1.12), cuts);
    }

    private static void restores(List<BlockStatistics> blocks, int... cuts) throws Exception {
        List<Alert> expected = run(blocks);
        for (int cut : cuts) {
            List<Alert> alerts;
            OperatorSubtaskState state;
            try (var harness = harness(null)) {
                feed(harness, blocks.subList(0, cut));
                alerts = new ArrayList<>(alerts(harness));
                state = harness.snapshot(1, 1);
            }
            try (var harness = harness(state)) {
                feed(harness, blocks.subList(cut, blocks.size()));
                alerts.addAll(alerts(harness));
            }
            assertThat(alerts).as("restored after block %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void howManyAlertsAreOpenIsShownAtOnceAfterARestore() throws Exception {
        List<BlockStatistics> blocks = shifted("site-1", 1);
        OperatorSubtaskState state;
        AtomicReference<Gauge<?>> open = new AtomicReference<>();
        try (var harness = harness(null, new Watched(open))) {
            assertThat(open.get().getValue()).isEqualTo(0.0);
            feed(harness, blocks.subList(0, 40));
            assertThat(open.get().getValue()).isEqualTo(1.0);
            state = harness.snapshot(1, 1);
        }
        open.set(null);
        try (var harness = harness(state, new Watched(open))) {
            assertThat(open.get().getValue()).isEqualTo(1.0);
            feed(harness, blocks.subList(40, blocks.size()));
            assertThat(open.get().getValue()).isEqualTo(0.0);
        }
    }

    /** Hands out the gauge of open alerts. */
    private static final class Watched
            extends KeyedCoProcessOperator<String, BlockStatistics, Notice, Alert> {
        private static final long serialVersionUID = 1;

        private final transient InternalOperatorMetricGroup group;

        Watched(AtomicReference<Gauge<?>> open) {
            super(new AlertFunction(SETTINGS));
            TestingMetricRegistry registry =
                    TestingMetricRegistry.builder()
                            .setNumberReporters(1)
                            .setRegisterConsumer(
                                    (metric, name, of) -> {
                                        if (name.equals(Metric.OPEN_ALERTS.key())) {
                                            open.set((Gauge<?>) metric);
                                        }
                                    })
                            .build();
            group =
                    TaskManagerMetricGroup.createTaskManagerMetricGroup(
                                    registry, "localhost", ResourceID.generate())
                            .addJob(new JobID(), "serve")
                            .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "alerts")
                            .getOrAddOperator("detect shifts");
        }

        @Override
        public OperatorMetricGroup getMetricGroup() {
            return group;
        }
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        List<BlockStatistics> blocks = new ArrayList<>(shifted("site-1", 3));
        blocks.addAll(usual("site-2", 4));
        blocks.addAll(usual("site-3", 5));
        List<Alert> expected = run(blocks);
        assertThat(expected).isNotEmpty();
        Collections.shuffle(blocks, new Random(1));
        assertThat(run(blocks)).isEqualTo(expected);
    }

    /** The change lasts; who expected it hears of it no more, and of the next change again. */
    @Test
    void anExpectedStateIsTheNewReference() throws Exception {
        BlockSeries series = new BlockSeries("site-1", 6);
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            boolean off = i >= 30 && i < 80;
            blocks.add(off ? series.next(0, 0.5, 0.5) : series.next(1, 0.5, 1.2));
        }
        Alert first = run(blocks.subList(0, 50)).get(0);
        assertThat(first.getState()).isEqualTo(AlertState.OPEN);
        long at = blocks.get(55).known();
        Instant when = Instant.ofEpochMilli(at);
        AlertAction expected =
                AlertAction.newBuilder()
                        .setAction(AlertActionKind.OUTCOME)
                        .setAlert(first.getId())
                        .setAsset(first.getAsset())
                        .setKind(first.getKind())
                        .setOutcome(AlertOutcome.EXPECTED)
                        .setTime(when)
                        .setWrittenAt(when)
                        .setWho("kim")
                        .build();
        try (var harness = harness(null)) {
            harness.processElement2(Notice.of(expected), at);
            feed(harness, blocks);
            List<Alert> alerts =
                    alerts(harness).stream()
                            .filter(alert -> alert.getKind().equals(first.getKind()))
                            .toList();
            assertThat(alerts.get(0).getId()).isEqualTo(first.getId());
            assertThat(alerts.get(1).getResolution())
                    .isEqualTo("expected; this level is the new reference");
            assertThat(alerts.get(1).getResolvedAt()).isEqualTo(when);
            assertThat(alerts.get(2).getChangeTime())
                    .as("the return is a change")
                    .isAfter(Instant.ofEpochMilli(blocks.get(75).start()));
        }
    }

    @Test
    void aFaultOfOneAssetIsThatAssetsAlert() throws Exception {
        List<BlockStatistics> blocks = new ArrayList<>(shifted("site-1", 6));
        for (int a = 2; a <= 5; a++) {
            blocks.addAll(usual("site-" + a, 6 + a));
        }
        assertThat(run(blocks)).extracting(Alert::getAsset).containsOnly("site-1");
    }

    @Test
    void aShiftOfTheWholeFleetIsOneAlert() throws Exception {
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int a = 0; a < 40; a++) {
            blocks.addAll(shifted("site-" + a, 20 + a));
        }
        List<Alert> alerts = run(blocks);
        assertThat(alerts).hasSize(2);
        assertThat(alerts).extracting(Alert::getAsset).containsOnly("*");
        assertThat(alerts.get(0).getMessage()).startsWith("the whole fleet: mox contributes less");
    }

    /** As many assets as given, all of which shift, and whose blocks end at different times. */
    private static List<BlockStatistics> staggered(int assets, long seed, double own, double both) {
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int a = 0; a < assets; a++) {
            long offset = a * BlockSeries.HOUR / assets;
            blocks.addAll(
                    shifted(
                            new BlockSeries("site-%02d".formatted(a), seed + a, offset),
                            own,
                            both));
        }
        blocks.sort(Comparator.comparingLong(BlockStatistics::known));
        return blocks;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 40})
    void aShiftOfTheWholeFleetIsOneAlertWhereverBlocksEnd(int assets) throws Exception {
        List<Alert> alerts = run(staggered(assets, 1000, 0, 0.5));
        assertThat(alerts).extracting(Alert::getAsset).containsOnly("*");
        assertThat(alerts.stream().filter(a -> a.getDirection().equals("DOWN")))
                .extracting(Alert::getState)
                .containsExactly(AlertState.OPEN, AlertState.RESOLVED);
    }

    @Test
    void theFleetAlertReplacesThoseEmittedShortlyBefore() throws Exception {
        // One of the assets shifts three blocks before the others do.
        int taken = 0;
        for (int seed = 0; seed < 20; seed++) {
            TreeSet<String> down = new TreeSet<>();
            boolean fleet = false;
            List<BlockStatistics> blocks = staggered(4, 1000L * seed, 0, 0.5);
            blocks.removeIf(block -> block.asset().equals("site-00"));
            BlockSeries early = new BlockSeries("site-00", 1000L * seed);
            for (int i = 0; i < 50; i++) {
                blocks.add(i >= 27 ? early.next(0, 0.5, 0.5) : early.next(1, 0.5, 1.2));
            }
            for (Alert alert : run(blocks)) {
                if (!alert.getDirection().equals("DOWN")) {
                    continue;
                }
                boolean opens = alert.getState() == AlertState.OPEN;
                if (alert.getAsset().equals("*")) {
                    fleet = opens;
                } else if (opens) {
                    assertThat(fleet).as("emitted although the fleet's is open").isFalse();
                    down.add(alert.getAsset());
                } else {
                    down.remove(alert.getAsset());
                    taken += alert.getResolution().startsWith("replaced by") ? 1 : 0;
                }
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void tellsOfAChannelThatMovesNoMoreAndOfPredictionsThatGotWorse() throws Exception {
        BlockSeries series = new BlockSeries("site-1", 9);
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            blocks.add(series.next(1, 0.5, 1.2, i < 30 ? 1 : 2, i < 30 ? 1 : 1e-6));
        }
        List<Alert> alerts = run(blocks);
        assertThat(alerts)
                .extracting(Alert::getKind)
                .containsExactlyInAnyOrder("CHANNEL_FROZEN", "MODEL_REGRESSED");
        Alert frozen =
                alerts.stream().filter(a -> a.getKind().startsWith("CH")).findFirst().orElseThrow();
        assertThat(frozen.getChannel()).isEqualTo("mox.x");
        assertThat(frozen.getOpenedAt())
                .isBeforeOrEqualTo(Instant.ofEpochMilli(32 * BlockSeries.HOUR));
    }

    @Test
    void aChannelThatRestsByNatureIsNotFrozen() throws Exception {
        BlockSeries series = new BlockSeries("site-1", 10);
        List<BlockStatistics> blocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            BlockStatistics block = series.next(1, 0.5, 1.2, 1, i < 30 ? 1 : 1e-6);
            blocks.add(
                    new BlockStatistics(
                            block.asset(),
                            block.modelVersion(),
                            block.space(),
                            block.start(),
                            block.end(),
                            block.known(),
                            block.frames(),
                            block.assets(),
                            block.samples(),
                            block.inflation(),
                            block.information(),
                            block.reason(),
                            block.error(),
                            block.presence(),
                            List.of(
                                    new BlockStatistics.Channel(
                                            block.channels().get(0).variance(),
                                            block.channels().get(0).movement(),
                                            0.8))));
        }
        assertThat(run(blocks)).isEmpty();
    }

    @Test
    void manyModalitiesThatStallAtOnceAreOneAlert() throws Exception {
        AlertRecords records = new AlertRecords(SETTINGS);
        try (var harness = harness(null)) {
            List<BlockStatistics> blocks = new ArrayList<>();
            for (int a = 0; a < 4; a++) {
                blocks.add(usual("site-" + a, a).get(0));
            }
            feed(harness, blocks);
            Instant since = Instant.ofEpochMilli(BlockSeries.HOUR);
            Instant now = Instant.ofEpochMilli(30 * BlockSeries.HOUR);
            Instant end = Instant.ofEpochMilli(40 * BlockSeries.HOUR);
            for (int a = 0; a < 4; a++) {
                Alert stalled = records.modalityStalled("site-" + a, "env", since, now);
                harness.processElement2(Notice.of(stalled), now.toEpochMilli());
                harness.processElement2(
                        Notice.of(AlertRecords.resolved(stalled, end, "data has resumed")),
                        end.toEpochMilli());
            }
            harness.processBothWatermarks(new Watermark(end.toEpochMilli()));
            List<Alert> alerts = alerts(harness);
            assertThat(alerts).hasSize(2);
            assertThat(alerts).extracting(Alert::getAsset).containsOnly("*");
            assertThat(alerts.get(0).getMessage()).startsWith("4 of 4 assets at the same time");
            assertThat(alerts.get(1).getState()).isEqualTo(AlertState.RESOLVED);
        }
    }
}
