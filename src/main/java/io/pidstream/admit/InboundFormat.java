package io.pidstream.admit;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Reading;
import io.pidstream.event.DeadLetterFormat;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.PlacedLabelFormat;
import io.pidstream.event.ReadingFormat;
import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes an {@link Inbound}: a tag, then the record. */
public final class InboundFormat implements BinaryFormat<Inbound> {
    private static final long serialVersionUID = 1;

    private static final int READING = 1;
    private static final int LABEL = 2;
    private static final int DEAD_LETTER = 3;

    private static final BinaryFormat<Reading> READINGS = new ReadingFormat();
    private static final BinaryFormat<PlacedLabel> LABELS = new PlacedLabelFormat();
    private static final BinaryFormat<DeadLetter> DEAD_LETTERS = new DeadLetterFormat();

    @Override
    public Class<Inbound> type() {
        return Inbound.class;
    }

    @Override
    public void write(Inbound value, DataOutput out) throws IOException {
        if (value.reading() != null) {
            out.writeByte(READING);
            READINGS.write(value.reading(), out);
        } else if (value.placed() != null) {
            out.writeByte(LABEL);
            LABELS.write(value.placed(), out);
        } else {
            out.writeByte(DEAD_LETTER);
            DEAD_LETTERS.write(value.deadLetter(), out);
        }
    }

    @Override
    public Inbound read(DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case READING -> Inbound.of(READINGS.read(in));
            case LABEL -> Inbound.of(LABELS.read(in));
            case DEAD_LETTER -> Inbound.of(DEAD_LETTERS.read(in));
            default -> throw new IOException("tag " + tag + " of an inbound record is unknown");
        };
    }
}
