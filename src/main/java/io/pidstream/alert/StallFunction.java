package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.event.Frame;
import io.pidstream.event.RunState;
import io.pidstream.state.FormatType;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Emits an alert when a modality of an asset has stalled while others still send data, and when it
 * is back. While the asset is not running, absence is no silence. A modality has stalled when it
 * has been absent for the configured time and for twice its longest gap so far; it is back with its
 * {@value #BACK}rd reading.
 */
public final class StallFunction extends KeyedProcessFunction<String, Frame, Alert> {
    private static final long serialVersionUID = 1;

    static final int BACK = 3;

    private static final ValueStateDescriptor<Presence> PRESENCE =
            new ValueStateDescriptor<>("presence", FormatType.of(Presence.FORMAT));

    private final AlertSettings settings;
    private final int sensors;

    private transient ValueState<Presence> presence;
    private transient AlertRecords records;

    /**
     * @param sensors number of modalities in a frame
     */
    public StallFunction(AlertSettings settings, int sensors) {
        this.settings = settings;
        this.sensors = sensors;
    }

    @Override
    public void open(OpenContext context) {
        presence = getRuntimeContext().getState(PRESENCE);
        records = new AlertRecords(settings);
    }

    @Override
    public void processElement(Frame frame, Context context, Collector<Alert> out)
            throws Exception {
        Presence of = presence.value();
        of = of == null ? new Presence(sensors) : of;
        Instant now = Instant.ofEpochMilli(frame.turn());
        for (int m = 0; m < sensors; m++) {
            boolean here = frame.present().contains(m);
            if (!here && frame.state() == RunState.NOT_RUNNING) {
                of.pause(m, frame.time());
                continue;
            }
            Presence.Step step = of.next(m, frame.time(), here, settings.stalledAfter().toMillis());
            if (step != Presence.Step.NOTHING) {
                Alert stalled =
                        records.modalityStalled(
                                frame.asset(),
                                settings.modalities().get(m),
                                Instant.ofEpochMilli(of.silentSince(m)),
                                step == Presence.Step.STALLED
                                        ? now
                                        : Instant.ofEpochMilli(of.openedAt(m)));
                out.collect(
                        step == Presence.Step.STALLED
                                ? stalled
                                : AlertRecords.resolved(stalled, now, "data has resumed"));
                of.emitted(m, step, frame.turn());
            }
        }
        presence.update(of);
    }
}
