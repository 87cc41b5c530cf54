package io.pidstream.event;

import io.pidstream.avro.TrainingSample;
import io.pidstream.format.AvroFormat;

/** Writes a training sample. */
public final class TrainingSampleFormat extends AvroFormat<TrainingSample> {
    private static final long serialVersionUID = 1;

    public TrainingSampleFormat() {
        super(TrainingSample.class);
    }
}
