package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.event.AlertKind;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventFormats;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import io.pidstream.state.FormatType;
import io.pidstream.stats.BrokenInvariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Monitors the blocks of all assets and of the fleet and emits one record per alert transition.
 * Everything has the same key: a fleet-wide shift must become one alert, and the load is small, as
 * a block covers hundreds of frames.
 *
 * <p>Blocks, stalls and actions are buffered until the watermark and processed instant by instant,
 * in the order of asset names, so alerts do not depend on arrival order or parallelism.
 */
public final class AlertFunction
        extends KeyedCoProcessFunction<String, BlockStatistics, Notice, Alert>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    private static final MapStateDescriptor<Long, List<BlockStatistics>> BLOCKS =
            new MapStateDescriptor<>(
                    "blocks-by-turn", Types.LONG, FormatType.listOf(BlockStatistics.FORMAT));
    private static final MapStateDescriptor<Long, List<Alert>> STALLS =
            new MapStateDescriptor<>(
                    "stalls-by-turn", Types.LONG, FormatType.listOf(EventFormats.ALERT));
    private static final MapStateDescriptor<Long, List<AlertAction>> ACTIONS =
            new MapStateDescriptor<>(
                    "actions-by-turn", Types.LONG, FormatType.listOf(EventFormats.ALERT_ACTION));
    private static final MapStateDescriptor<String, AssetMonitors> MONITORS =
            new MapStateDescriptor<>(
                    "monitors-by-asset", Types.STRING, FormatType.of(AssetMonitors.FORMAT));
    private static final ValueStateDescriptor<FleetBook> BOOK =
            new ValueStateDescriptor<>("fleet", FormatType.of(FleetBook.FORMAT));

    /**
     * Operator state, so that the gauge is right after a restore before the first block, which may
     * take days.
     */
    private static final ListStateDescriptor<Integer> OPEN =
            new ListStateDescriptor<>("open-alerts", Types.INT);

    private final AlertSettings settings;

    private transient MapState<Long, List<BlockStatistics>> blocks;
    private transient MapState<Long, List<Alert>> stalls;
    private transient MapState<Long, List<AlertAction>> actions;
    private transient MapState<String, AssetMonitors> monitors;
    private transient ValueState<FleetBook> book;
    private transient ListState<Integer> open;
    private transient int openCount;
    private transient MetricGroup group;
    private transient Map<String, Counter> opened;
    private transient Map<String, Counter> resolved;
    private transient Value openNow;
    private transient Value evidence;

    public AlertFunction(AlertSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        open = context.getOperatorStateStore().getListState(OPEN);
        openCount = 0;
        for (int restored : open.get()) {
            openCount += restored;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        open.update(List.of(openCount));
    }

    @Override
    public void open(OpenContext context) {
        blocks = getRuntimeContext().getMapState(BLOCKS);
        stalls = getRuntimeContext().getMapState(STALLS);
        actions = getRuntimeContext().getMapState(ACTIONS);
        monitors = getRuntimeContext().getMapState(MONITORS);
        book = getRuntimeContext().getState(BOOK);
        group = getRuntimeContext().getMetricGroup();
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        openNow = metrics.value(Metric.OPEN_ALERTS);
        openNow.set(openCount);
        evidence = metrics.value(Metric.STRONGEST_EVIDENCE);
        opened = new TreeMap<>();
        resolved = new TreeMap<>();
        for (AlertKind kind : AlertKind.values()) {
            StageMetrics of = metrics.labelled(Metric.KIND, kind.name());
            opened.put(kind.name(), of.counter(Metric.OPENED_ALERTS));
            resolved.put(kind.name(), of.counter(Metric.RESOLVED_ALERTS));
        }
    }

    @Override
    public void processElement1(BlockStatistics block, Context context, Collector<Alert> out)
            throws Exception {
        wait(block, blocks, context.timestamp(), context);
    }

    @Override
    public void processElement2(Notice notice, Context context, Collector<Alert> out)
            throws Exception {
        if (notice.stall() != null) {
            wait(notice.stall(), stalls, context.timestamp(), context);
        } else if (notice.action().getOutcome() == AlertOutcome.EXPECTED) {
            long turn = ActionTurns.of(notice.action(), context.timerService());
            wait(notice.action(), actions, turn, context);
        }
    }

    private static <T> void wait(
            T value, MapState<Long, List<T>> waiting, long turn, Context context) throws Exception {
        List<T> same = waiting.get(turn);
        List<T> with = same == null ? new ArrayList<>(1) : new ArrayList<>(same);
        with.add(value);
        waiting.put(turn, with);
        context.timerService().registerEventTimeTimer(turn);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        FleetBook fleet = book.value();
        FleetBook used = fleet == null ? new FleetBook() : fleet;
        AlertDesk desk = new AlertDesk(settings, used, new StateMonitors());
        List<Alert> alerts = desk.expect(timestamp, due(actions, timestamp, ActionTurns.ORDER));
        alerts.addAll(
                desk.accept(
                        timestamp,
                        due(blocks, timestamp, Comparator.comparing(BlockStatistics::asset)),
                        due(
                                stalls,
                                timestamp,
                                Comparator.comparing(Alert::getAsset)
                                        .thenComparing(Alert::getModality)
                                        .thenComparing(Alert::getState))));
        desk.save();
        if (Double.isFinite(desk.excess())) {
            evidence.set(desk.excess());
        }
        book.update(used);
        used.openings().nextDue().ifPresent(context.timerService()::registerEventTimeTimer);
        for (Alert alert : alerts) {
            boolean opens = alert.getState() == AlertState.OPEN;
            openCount += opens ? 1 : -1;
            (opens ? opened : resolved).get(alert.getKind()).inc();
            group.addEvent(event(alert));
            out.collect(alert);
        }
        if (openCount < 0) {
            throw new BrokenInvariant(
                    "%d alerts are open; more were resolved than opened", openCount);
        }
        openNow.set(openCount);
    }

    private static <T> List<T> due(
            MapState<Long, List<T>> waiting, long timestamp, Comparator<T> order) throws Exception {
        List<T> due = waiting.get(timestamp);
        if (due == null) {
            return List.of();
        }
        waiting.remove(timestamp);
        List<T> sorted = new ArrayList<>(due);
        sorted.sort(order);
        return sorted;
    }

    /** For Flink's event reporters. */
    private static EventBuilder event(Alert alert) {
        boolean opens = alert.getState() == AlertState.OPEN;
        return new EventBuilder(AlertFunction.class, "Alert")
                .setObservedTsMillis(
                        (opens ? alert.getOpenedAt() : alert.getResolvedAt()).toEpochMilli())
                .setSeverity(opens ? "WARN" : "INFO")
                .setBody(alert.getMessage())
                .setAttribute("id", alert.getId())
                .setAttribute("kind", alert.getKind())
                .setAttribute("state", alert.getState().name())
                .setAttribute("asset", alert.getAsset());
    }

    /** The monitors of the assets in Flink's keyed state. */
    private final class StateMonitors implements AlertDesk.Monitors {
        @Override
        public AssetMonitors get(String asset) throws Exception {
            return monitors.get(asset);
        }

        @Override
        public void put(String asset, AssetMonitors of) throws Exception {
            monitors.put(asset, of);
        }
    }
}
