package io.pidstream.learn;

import io.pidstream.event.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The newest target of an asset that is known at some moment.
 *
 * @param slot the slot it is about, milliseconds since 1970
 * @param value the target, in its unit
 */
public record KnownTarget(long slot, double value) {
    /** Writes a known target. */
    public static final class Format implements BinaryFormat<KnownTarget> {
        private static final long serialVersionUID = 1;

        @Override
        public Class<KnownTarget> type() {
            return KnownTarget.class;
        }

        @Override
        public void write(KnownTarget value, DataOutput out) throws IOException {
            out.writeLong(value.slot());
            out.writeDouble(value.value());
        }

        @Override
        public KnownTarget read(DataInput in) throws IOException {
            return new KnownTarget(in.readLong(), in.readDouble());
        }
    }
}
