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
 */
public record Frame(String asset, long time, long turn, ModalitySet present, double[] values) {
    public static final Format<Frame> FORMAT =
            Formats.of(Part.of("event/frame", 1), Frame.class, Frame::writeTo, Frame::readFrom);

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && asset.equals(that.asset)
                && time == that.time
                && turn == that.turn
                && present.equals(that.present)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * asset.hashCode() + Long.hashCode(time)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Frame[asset=%s, time=%d, turn=%d, present=%s, values=%s]"
                .formatted(asset, time, turn, present, Arrays.toString(values));
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(time);
        out.writeLong(turn);
        out.writeByte(present.bits());
        Wire.write(out, values);
    }

    private static Frame readFrom(DataInput in, Versions versions) throws IOException {
        return new Frame(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                new ModalitySet(in.readUnsignedByte()),
                Wire.readDoubles(in));
    }
}
