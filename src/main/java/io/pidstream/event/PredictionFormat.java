package io.pidstream.event;

import io.pidstream.avro.Prediction;
import io.pidstream.format.AvroFormat;

/** Writes a prediction. */
public final class PredictionFormat extends AvroFormat<Prediction> {
    private static final long serialVersionUID = 1;

    public PredictionFormat() {
        super(Prediction.class);
    }
}
