package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Reading;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.Targets;
import io.pidstream.testing.FullRecords;
import io.pidstream.testing.StateSamples;
import java.time.Instant;
import java.util.List;

/** Samples of what sources hand to the job. */
public final class AdmitSamples {
    private AdmitSamples() {}

    public static void add(StateSamples samples) {
        Instant time = Instant.ofEpochMilli(60_000);
        samples.with(
                Inbound.FORMAT,
                Inbound.of(new Reading("press-1", "thermal", time, List.of(1.5, 2.5))),
                Inbound.of(
                        new PlacedLabel(
                                Targets.label("press-1", time, time, 4.5), "lab.results", 2, 17)),
                Inbound.of(FullRecords.of(DeadLetter.class)));
    }
}
