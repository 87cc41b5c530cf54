package io.pidstream.join;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EventFormats;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A slot of an asset, kept until its label can no longer arrive.
 *
 * @param frame the frame; null once it has been learned
 * @param known what was known of the asset's labels at the frame's turn; null if nothing was, the
 *     turn has not come yet or learners do not read it
 * @param label the label that was learned; null before that
 */
record WaitingFrame(EncodedFrame frame, KnownTarget known, Label label) {
    static final Format<WaitingFrame> FORMAT =
            Formats.of(
                    Part.of(
                            "learn/waiting-frame",
                            4,
                            EncodedFrame.FORMAT.part(),
                            KnownTarget.FORMAT.part(),
                            EventFormats.LABEL.part()),
                    WaitingFrame.class,
                    WaitingFrame::writeTo,
                    WaitingFrame::readFrom);

    boolean isLearned() {
        return label != null;
    }

    private void writeTo(DataOutput out) throws IOException {
        Wire.writeOptional(out, EncodedFrame.FORMAT, frame);
        Wire.writeOptional(out, KnownTarget.FORMAT, known);
        Wire.writeOptional(out, EventFormats.LABEL, label);
    }

    private static WaitingFrame readFrom(DataInput in, Versions versions) throws IOException {
        return new WaitingFrame(
                Wire.readOptional(in, EncodedFrame.FORMAT, versions),
                Wire.readOptional(in, KnownTarget.FORMAT, versions),
                Wire.readOptional(in, EventFormats.LABEL, versions));
    }
}
