package io.pidstream.event;

import io.pidstream.avro.DeadLetter;
import io.pidstream.format.AvroFormat;

/** Writes a dead letter. */
public final class DeadLetterFormat extends AvroFormat<DeadLetter> {
    private static final long serialVersionUID = 1;

    public DeadLetterFormat() {
        super(DeadLetter.class);
    }
}
