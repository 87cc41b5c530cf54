package io.pidstream.align;

import io.pidstream.format.Format;
import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * Writes the open slots of an alignment. The aggregate is written once, with the format: slots that
 * were collected for another aggregate lack readings that this one needs.
 *
 * @param aggregate of all slots
 */
record OpenSlotFormat(SlotAggregate aggregate) implements Format<OpenSlot> {
    private static final Part PART = Part.of("align/open-slot", 1);

    @Override
    public Part part() {
        return PART;
    }

    @Override
    public Class<OpenSlot> type() {
        return OpenSlot.class;
    }

    @Override
    public void write(OpenSlot value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public OpenSlot read(DataInput in, Versions versions) throws IOException {
        return OpenSlot.readFrom(in, aggregate);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public void writeConfiguration(DataOutput out) throws IOException {
        out.writeUTF(aggregate.name());
    }

    @Override
    public Format<OpenSlot> configured(DataInput in, Versions versions) throws IOException {
        return new OpenSlotFormat(SlotAggregate.valueOf(in.readUTF()));
    }

    @Override
    public void requireCompatible(Format<?> old) throws FormatException {
        SlotAggregate written = ((OpenSlotFormat) old).aggregate;
        if (written != aggregate) {
            throw new FormatException(
                    "the state was collected under another configuration: alignment.aggregate: %s, now %s. Start without the state, or with the configuration it was collected under"
                            .formatted(text(written), text(aggregate)));
        }
    }

    private static String text(SlotAggregate aggregate) {
        return aggregate.name().toLowerCase(Locale.ROOT);
    }
}
