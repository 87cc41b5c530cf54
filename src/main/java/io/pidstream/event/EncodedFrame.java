package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame with its encodings by model versions.
 *
 * @param frame the frame
 * @param encodings the active version's encoding first, then that of the shadow version, if any
 */
public record EncodedFrame(Frame frame, List<Encoding> encodings) {
    public static final Format<EncodedFrame> FORMAT =
            Formats.of(
                    Part.of("event/encoded-frame", 1, Frame.FORMAT.part()),
                    EncodedFrame.class,
                    EncodedFrame::writeTo,
                    EncodedFrame::readFrom);

    public EncodedFrame {
        encodings = List.copyOf(encodings);
        if (encodings.isEmpty()) {
            throw new IllegalArgumentException("there is no encoding of " + frame);
        }
    }

    public Encoding active() {
        return encodings.get(0);
    }

    /** The identity's latents are the frame's values, so they are not written again. */
    private void writeTo(DataOutput out) throws IOException {
        Frame.FORMAT.write(frame, out);
        out.writeByte(encodings.size());
        for (Encoding encoding : encodings) {
            out.writeLong(encoding.version());
            if (encoding.version() != Encoding.IDENTITY) {
                Wire.write(out, encoding.latents());
                Wire.write(out, encoding.shares());
            }
        }
    }

    private static EncodedFrame readFrom(DataInput in, Versions versions) throws IOException {
        Frame frame = Frame.FORMAT.read(in, versions);
        int count = in.readUnsignedByte();
        List<Encoding> encodings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long version = in.readLong();
            encodings.add(
                    version == Encoding.IDENTITY
                            ? Encoding.identity(frame.values())
                            : new Encoding(version, Wire.readDoubles(in), Wire.readDoubles(in)));
        }
        return new EncodedFrame(frame, encodings);
    }
}
