package io.pidstream.learn;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Copies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes what is counted in a block into state. */
public final class BlockRecorderFormat implements BinaryFormat<BlockRecorder> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<BlockRecorder> type() {
        return BlockRecorder.class;
    }

    @Override
    public void write(BlockRecorder value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public BlockRecorder read(DataInput in) throws IOException {
        return BlockRecorder.readFrom(in);
    }

    @Override
    public BlockRecorder copy(BlockRecorder value) {
        return Copies.of(this, value);
    }

    @Override
    public boolean immutable() {
        return false;
    }
}
