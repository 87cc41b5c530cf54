package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.join.Observation;
import io.pidstream.join.Sweep;
import io.pidstream.state.FormatType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.SimpleTimerService;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Encodes the frames of observations, each once, at its own turn, and keeps what trained versions
 * made of it until its label comes: a label is learned with the encodings that its frame was
 * predicted with, and the versions of then may be gone. Keyed by the asset.
 */
abstract class AbstractEncodeOperator extends AbstractStreamOperator<Observation>
        implements Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1;

    /** Refused versions. */
    static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused-versions", FormatType.of(EventFormats.DEAD_LETTER));

    private static final MapStateDescriptor<Long, List<Encoding>> ENCODINGS =
            new MapStateDescriptor<>(
                    "encodings-by-slot", Types.LONG, FormatType.listOf(EventFormats.ENCODING));
    private static final ValueStateDescriptor<Long> NEXT_SWEEP =
            new ValueStateDescriptor<>("next-sweep", Types.LONG);

    final EncodeSettings settings;

    transient FrameEncoders encoders;
    private transient MapState<Long, List<Encoding>> waiting;
    private transient Sweep sweep;
    private transient TimerService timers;

    AbstractEncodeOperator(EncodeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoders = new FrameEncoders(settings);
        waiting = getRuntimeContext().getMapState(ENCODINGS);
        ValueState<Long> next = getRuntimeContext().getState(NEXT_SWEEP);
        sweep = new Sweep(settings.order(), next);
        InternalTimerService<VoidNamespace> service =
                getInternalTimerService("sweep", VoidNamespaceSerializer.INSTANCE, this);
        timers = new SimpleTimerService(service);
    }

    /** Emits observations with their encodings, in their order; one batch per version. */
    final List<Observation> emit(List<StreamRecord<Observation>> records) throws Exception {
        List<Observation> frames = new ArrayList<>(records.size());
        for (StreamRecord<Observation> record : records) {
            if (isDue(record.getValue())) {
                frames.add(record.getValue());
            }
        }
        List<List<Encoding>> encodings = encoders.encode(frames);
        List<Observation> encoded = new ArrayList<>(frames.size());
        for (StreamRecord<Observation> record : records) {
            Observation observation = record.getValue();
            if (isDue(observation)) {
                observation = observation.encoded(encodings.get(encoded.size()));
                encoded.add(observation);
                if (!observation.isLabelled()) {
                    keep(observation);
                }
            } else if (!observation.encoded().isEncoded()) {
                observation = observation.encoded(kept(observation));
            }
            output.collect(new StreamRecord<>(observation, record.getTimestamp()));
        }
        return encoded;
    }

    /** State of earlier programs holds frames that are encoded already. */
    private static boolean isDue(Observation observation) {
        return observation.isNew() && !observation.encoded().isEncoded();
    }

    private void keep(Observation observation) throws Exception {
        List<Encoding> encodings = observation.encoded().encodings();
        if (encodings.stream().allMatch(one -> one.version() == Encoding.IDENTITY)) {
            return;
        }
        setCurrentKey(observation.asset());
        waiting.put(observation.slot(), encodings);
        sweep.include(observation.slot(), timers);
    }

    /** Only the identity encoded the frames of which nothing is kept. */
    private List<Encoding> kept(Observation observation) throws Exception {
        double[] values = observation.encoded().frame().values();
        setCurrentKey(observation.asset());
        List<Encoding> kept = waiting.get(observation.slot());
        if (kept == null) {
            return List.of(Encoding.identity(values));
        }
        waiting.remove(observation.slot());
        List<Encoding> all = new ArrayList<>(kept.size());
        for (Encoding one : kept) {
            all.add(one.version() == Encoding.IDENTITY ? Encoding.identity(values) : one);
        }
        return all;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        sweep.onTimer(timer.getTimestamp(), waiting, timers);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("there are no timers of processing time");
    }

    @Override
    public void close() throws Exception {
        if (encoders != null) {
            encoders.close();
        }
        super.close();
    }
}
