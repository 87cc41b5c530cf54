package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The readings of all modalities of one asset for one slot.
 *
 * @param asset the asset; the key
 * @param time start of the slot, milliseconds since 1970
 * @param turn the frame's turn in the order of learning, milliseconds since 1970: {@code time}, or
 *     the slot's last millisecond if the frame is complete only then
 * @param present the modalities that are present with all their channels
 * @param values the channels of all modalities in the order of the configuration, in their own
 *     units; NaN if absent
 * @param state whether the asset was running
 */
public record Frame(
        String asset, long time, long turn, ModalitySet present, double[] values, RunState state) {
    private static final Part PART = Part.of("event/frame", 2);

    public static final Format<Frame> FORMAT =
            Formats.of(PART, Frame.class, Frame::writeTo, Frame::readFrom);

    /** A frame of an asset that was running. */
    public Frame(String asset, long time, long turn, ModalitySet present, double[] values) {
        this(asset, time, turn, present, values, RunState.RUNNING);
    }

    /** Whether something is to be learned from it. */
    public boolean isRunning() {
        return state == RunState.RUNNING;
    }

    /** The same frame in another state. */
    public Frame with(RunState other) {
        return new Frame(asset, time, turn, present, values, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && asset.equals(that.asset)
                && time == that.time
                && turn == that.turn
                && present.equals(that.present)
                && state == that.state
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * asset.hashCode() + Long.hashCode(time)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Frame[asset=%s, time=%d, turn=%d, present=%s, values=%s, state=%s]"
                .formatted(asset, time, turn, present, Arrays.toString(values), state);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(time);
        out.writeLong(turn);
        out.writeByte(present.bits());
        Wire.write(out, values);
        out.writeByte(state.ordinal());
    }

    private static Frame readFrom(DataInput in, Versions versions) throws IOException {
        return new Frame(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                new ModalitySet(in.readUnsignedByte()),
                Wire.readDoubles(in),
                versions.of(PART) > 1 ? RunState.of(in.readUnsignedByte()) : RunState.RUNNING);
    }
}
