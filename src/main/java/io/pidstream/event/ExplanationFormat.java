package io.pidstream.event;

import io.pidstream.avro.Explanation;
import io.pidstream.format.AvroFormat;

/** Writes an explanation. */
public final class ExplanationFormat extends AvroFormat<Explanation> {
    private static final long serialVersionUID = 1;

    public ExplanationFormat() {
        super(Explanation.class);
    }
}
