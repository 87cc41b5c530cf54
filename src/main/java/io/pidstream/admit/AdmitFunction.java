package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.event.EventFormats;
import io.pidstream.event.PlacedLabel;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Separates the valid records of a source from its dead letters and counts the latter per reason.
 */
public final class AdmitFunction<T> extends ProcessFunction<Inbound, T> {
    private static final long serialVersionUID = 1;

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", FormatType.of(EventFormats.DEAD_LETTER));

    /** Labels in a topic that has readings, too. */
    public static final OutputTag<PlacedLabel> LABELS =
            new OutputTag<>("labels", FormatType.of(PlacedLabel.FORMAT));

    /** Extracts the valid record, or null if it is a label among readings; serializable. */
    public interface Part<T> extends Function<Inbound, T>, java.io.Serializable {}

    private final Part<T> part;

    private transient Map<DeadLetterReason, Counter> counters;

    public AdmitFunction(Part<T> part) {
        this.part = part;
    }

    @Override
    public void open(OpenContext context) {
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        counters = new EnumMap<>(DeadLetterReason.class);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            counters.put(
                    reason,
                    metrics.labelled(Metric.REASON, reason.name()).counter(Metric.DEAD_LETTERS));
        }
    }

    @Override
    public void processElement(Inbound inbound, Context context, Collector<T> out) {
        DeadLetter dead = inbound.deadLetter();
        if (dead == null) {
            T valid = part.apply(inbound);
            if (valid != null) {
                out.collect(valid);
            } else {
                context.output(LABELS, inbound.placed());
            }
            return;
        }
        counters.get(dead.getReason()).inc();
        context.output(DEAD_LETTERS, dead);
    }
}
