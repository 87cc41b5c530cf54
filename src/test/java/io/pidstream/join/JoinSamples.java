package io.pidstream.join;

import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EventSamples;
import io.pidstream.event.Targets;
import io.pidstream.forecast.ForecastSamples;
import io.pidstream.testing.StateSamples;
import java.time.Instant;
import java.util.List;

/** Samples of the state of the join stage. */
public final class JoinSamples {
    private JoinSamples() {}

    public static void add(StateSamples samples) {
        EncodedFrame frame = EventSamples.TRAINED;
        KnownTarget known = KnownTarget.first(0, 3.5, -2).with(60_000, 4.5, -1);
        var label =
                Targets.label(
                        "press-1", Instant.ofEpochMilli(60_000), Instant.ofEpochMilli(90_000), 4.5);
        samples.with(KnownTarget.FORMAT, known)
                .with(
                        WaitingFrame.FORMAT,
                        new WaitingFrame(frame, known, null),
                        new WaitingFrame(null, null, label))
                .with(
                        Observation.FORMAT,
                        new Observation(
                                frame,
                                known,
                                true,
                                label,
                                119_999,
                                List.of(ForecastSamples.fleet(), ForecastSamples.fleet())),
                        new Observation(frame, null, true, null, 119_999, List.of()));
    }
}
