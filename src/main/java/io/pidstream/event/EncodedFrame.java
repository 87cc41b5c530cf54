package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame with its encodings by model versions.
 *
 * @param frame the frame
 * @param encodings the active version's encoding first, then those of the others that are in use;
 *     none before the encode stage
 */
public record EncodedFrame(Frame frame, List<Encoding> encodings) {
    public static final Format<EncodedFrame> FORMAT =
            Formats.of(
                    Part.of("event/encoded-frame", 3, Frame.FORMAT.part(), Encoding.PART),
                    EncodedFrame.class,
                    EncodedFrame::writeTo,
                    EncodedFrame::readFrom);

    public EncodedFrame {
        encodings = List.copyOf(encodings);
    }

    /** A frame before the encode stage. */
    public static EncodedFrame notYet(Frame frame) {
        return new EncodedFrame(frame, List.of());
    }

    public boolean isEncoded() {
        return !encodings.isEmpty();
    }

    public Encoding active() {
        if (encodings.isEmpty()) {
            throw new BrokenInvariant(
                    "the frame of %s at %d has no encoding", frame.asset(), frame.time());
        }
        return encodings.get(0);
    }

    /** The identity's latents are the frame's values, so they are not written again. */
    private void writeTo(DataOutput out) throws IOException {
        Frame.FORMAT.write(frame, out);
        out.writeByte(encodings.size());
        for (Encoding encoding : encodings) {
            encoding.writeTo(out);
        }
    }

    private static EncodedFrame readFrom(DataInput in, Versions versions) throws IOException {
        Frame frame = Frame.FORMAT.read(in, versions);
        int count = in.readUnsignedByte();
        List<Encoding> encodings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Encoding encoding = Encoding.readFrom(in, versions);
            encodings.add(
                    encoding.version() == Encoding.IDENTITY
                            ? Encoding.identity(frame.values())
                            : encoding);
        }
        return new EncodedFrame(frame, encodings);
    }
}
