package io.pidstream.event;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes an encoded frame; the identity's latents are not written a second time. */
public final class EncodedFrameFormat implements BinaryFormat<EncodedFrame> {
    private static final long serialVersionUID = 1;

    private static final BinaryFormat<Frame> FRAMES = new FrameFormat();

    @Override
    public Class<EncodedFrame> type() {
        return EncodedFrame.class;
    }

    @Override
    public void write(EncodedFrame value, DataOutput out) throws IOException {
        FRAMES.write(value.frame(), out);
        out.writeByte(value.encodings().size());
        for (Encoding encoding : value.encodings()) {
            out.writeLong(encoding.version());
            if (encoding.version() != Encoding.IDENTITY) {
                out.writeInt(encoding.latent());
                Doubles.write(encoding.latents(), out);
            }
        }
    }

    @Override
    public EncodedFrame read(DataInput in) throws IOException {
        Frame frame = FRAMES.read(in);
        int count = in.readUnsignedByte();
        List<Encoding> encodings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long version = in.readLong();
            encodings.add(
                    version == Encoding.IDENTITY
                            ? Encoding.identity(frame.values())
                            : new Encoding(version, in.readInt(), Doubles.read(in)));
        }
        return new EncodedFrame(frame, encodings);
    }
}
