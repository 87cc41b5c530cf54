package io.pidstream.alert;

import io.pidstream.avro.AlertAction;
import java.util.Comparator;
import org.apache.flink.streaming.api.TimerService;

/** When an action is in effect, and in which order those of one instant are. */
final class ActionTurns {
    static final Comparator<AlertAction> ORDER =
            Comparator.comparing(AlertAction::getWrittenAt)
                    .thenComparing(AlertAction::getAction)
                    .thenComparing(AlertAction::getAsset)
                    .thenComparing(AlertAction::getKind)
                    .thenComparing(action -> String.valueOf(action.getModality()))
                    .thenComparing(action -> String.valueOf(action.getAlert()))
                    .thenComparing(action -> String.valueOf(action.getOutcome()));

    private ActionTurns() {}

    /** Its own event time, or the next instant if that is over. */
    static long of(AlertAction action, TimerService timers) {
        return Math.max(action.getTime().toEpochMilli(), timers.currentWatermark() + 1);
    }
}
