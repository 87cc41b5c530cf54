package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.event.AlertKind;
import io.pidstream.event.EventFormats;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Honours what people did about alerts: withholds alerts of a kind that is shelved until the shelf
 * ends, and counts those that were false. An action that names no alert of the job becomes a dead
 * letter.
 *
 * <p>Alerts and actions wait for the watermark. At one instant shelves end first, then actions take
 * effect, then alerts are told, so the output does not depend on the order of arrival.
 */
public final class ActionFunction
        extends KeyedCoProcessFunction<String, Alert, AlertAction, Alert> {
    private static final long serialVersionUID = 1;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unknown-alerts", FormatType.of(EventFormats.DEAD_LETTER));

    private static final MapStateDescriptor<Long, List<Alert>> ALERTS =
            new MapStateDescriptor<>(
                    "alerts-by-turn", Types.LONG, FormatType.listOf(EventFormats.ALERT));
    private static final MapStateDescriptor<Long, List<AlertAction>> ACTIONS =
            new MapStateDescriptor<>(
                    "actions-by-turn", Types.LONG, FormatType.listOf(EventFormats.ALERT_ACTION));
    private static final ValueStateDescriptor<ActionBook> BOOK =
            new ValueStateDescriptor<>("actions", FormatType.of(ActionBook.FORMAT));

    private final String topic;

    private transient MapState<Long, List<Alert>> alerts;
    private transient MapState<Long, List<AlertAction>> actions;
    private transient ValueState<ActionBook> book;
    private transient Map<String, Counter> falseAlerts;
    private transient Counter refused;

    /**
     * @param topic where the actions come from
     */
    public ActionFunction(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        alerts = getRuntimeContext().getMapState(ALERTS);
        actions = getRuntimeContext().getMapState(ACTIONS);
        book = getRuntimeContext().getState(BOOK);
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        falseAlerts = new TreeMap<>();
        for (AlertKind kind : AlertKind.values()) {
            falseAlerts.put(
                    kind.name(),
                    metrics.labelled(Metric.KIND, kind.name()).counter(Metric.FALSE_ALERTS));
        }
        refused =
                metrics.labelled(Metric.REASON, DeadLetterReason.OTHER.name())
                        .counter(Metric.DEAD_LETTERS);
    }

    @Override
    public void processElement1(Alert alert, Context context, Collector<Alert> out)
            throws Exception {
        add(alerts, context.timestamp(), alert);
        context.timerService().registerEventTimeTimer(context.timestamp());
    }

    @Override
    public void processElement2(AlertAction action, Context context, Collector<Alert> out)
            throws Exception {
        long turn = ActionTurns.of(action, context.timerService());
        add(actions, turn, action);
        context.timerService().registerEventTimeTimer(turn);
    }

    private static <T> void add(MapState<Long, List<T>> waiting, long turn, T value)
            throws Exception {
        List<T> same = waiting.get(turn);
        List<T> with = same == null ? new ArrayList<>(1) : new ArrayList<>(same);
        with.add(value);
        waiting.put(turn, with);
    }

    @Override
    public void onTimer(long now, OnTimerContext context, Collector<Alert> out) throws Exception {
        ActionBook used = book.value() == null ? new ActionBook() : book.value();
        used.end(now).forEach(out::collect);
        List<AlertAction> due = new ArrayList<>(remove(actions, now));
        due.sort(ActionTurns.ORDER);
        for (AlertAction action : due) {
            act(action, now, used, context, out);
        }
        for (Alert alert : remove(alerts, now)) {
            used.take(alert).ifPresent(out::collect);
        }
        used.nextEnd().ifPresent(context.timerService()::registerEventTimeTimer);
        book.update(used);
    }

    private static <T> List<T> remove(MapState<Long, List<T>> waiting, long turn) throws Exception {
        List<T> due = waiting.get(turn);
        waiting.remove(turn);
        return due == null ? List.of() : due;
    }

    private void act(
            AlertAction action, long now, ActionBook used, Context context, Collector<Alert> out)
            throws IOException {
        switch (action.getAction()) {
            case SHELVE -> {
                if (action.getUntil() == null) {
                    refuse(action, "expected the time at which the shelf ends", context);
                } else if (action.getUntil().toEpochMilli() > now) {
                    used.shelve(action).forEach(out::collect);
                }
            }
            case UNSHELVE -> used.unshelve(action).forEach(out::collect);
            case ACKNOWLEDGE, ASSIGN, OUTCOME -> {
                if (!used.knows(action.getAlert())) {
                    refuse(
                            action,
                            "expected the id of an alert that is open, or one of the %d that were over last"
                                    .formatted(ActionBook.MOST_OVER),
                            context);
                    return;
                }
                used.note(action).ifPresent(out::collect);
                Counter counter = falseAlerts.get(action.getKind());
                boolean counts =
                        action.getOutcome() == AlertOutcome.FALSE
                                && used.markFalse(action.getAlert());
                if (counts && counter != null) {
                    counter.inc();
                }
            }
            case OTHER -> refuse(action, "expected an action that this version knows", context);
        }
    }

    private void refuse(AlertAction action, String why, Context context) throws IOException {
        refused.inc();
        context.output(
                DEAD_LETTERS,
                new DeadLetter(
                        topic,
                        -1,
                        -1L,
                        action.getTime(),
                        DeadLetterReason.OTHER,
                        "%s %s: %s".formatted(action.getAction(), action.getAlert(), why),
                        ByteBuffer.wrap(action.getAsset().getBytes(StandardCharsets.UTF_8)),
                        action.toByteBuffer(),
                        Map.of()));
    }
}
