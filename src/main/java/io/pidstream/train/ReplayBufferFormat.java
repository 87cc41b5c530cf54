package io.pidstream.train;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a replay buffer. What is handed to state is a copy that is not changed any more. */
public final class ReplayBufferFormat implements BinaryFormat<ReplayBuffer> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<ReplayBuffer> type() {
        return ReplayBuffer.class;
    }

    @Override
    public void write(ReplayBuffer value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public ReplayBuffer read(DataInput in) throws IOException {
        return ReplayBuffer.readFrom(in);
    }
}
