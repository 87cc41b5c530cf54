package io.pidstream.event;

import io.pidstream.avro.DeadLetter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;

/** Writes a dead letter as its Avro single-object encoding, behind its length. */
public final class DeadLetterFormat implements BinaryFormat<DeadLetter> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<DeadLetter> type() {
        return DeadLetter.class;
    }

    @Override
    public void write(DeadLetter value, DataOutput out) throws IOException {
        ByteBuffer bytes = value.toByteBuffer();
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    @Override
    public DeadLetter read(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        BinaryMessageDecoder<DeadLetter> decoder = DeadLetter.getDecoder();
        return decoder.decode(bytes);
    }
}
