package io.pidstream.event;

import io.pidstream.avro.ModelVersion;
import io.pidstream.format.AvroFormat;

/** Writes a model version. */
public final class ModelVersionFormat extends AvroFormat<ModelVersion> {
    private static final long serialVersionUID = 1;

    public ModelVersionFormat() {
        super(ModelVersion.class);
    }
}
