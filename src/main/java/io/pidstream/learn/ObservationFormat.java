package io.pidstream.learn;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EncodedFrameFormat;
import io.pidstream.event.Targets;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Doubles;
import io.pidstream.format.Optionals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes an observation. */
public final class ObservationFormat implements BinaryFormat<Observation> {
    private static final long serialVersionUID = 1;

    private static final EncodedFrameFormat FRAMES = new EncodedFrameFormat();
    private static final KnownTarget.Format TARGETS = new KnownTarget.Format();

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }

    @Override
    public void write(Observation value, DataOutput out) throws IOException {
        FRAMES.write(value.encoded(), out);
        Optionals.write(TARGETS, value.known(), out);
        out.writeBoolean(value.isNew());
        writeLabel(value.label(), out);
        out.writeLong(value.turn());
        out.writeByte(value.fleet().size());
        for (FleetForecast forecast : value.fleet()) {
            forecast.writeTo(out);
        }
    }

    @Override
    public Observation read(DataInput in) throws IOException {
        EncodedFrame frame = FRAMES.read(in);
        KnownTarget known = Optionals.read(TARGETS, in);
        boolean isNew = in.readBoolean();
        Label label = readLabel(frame.frame().asset(), in);
        long turn = in.readLong();
        int count = in.readUnsignedByte();
        List<FleetForecast> fleet = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fleet.add(FleetForecast.readFrom(in));
        }
        return new Observation(frame, known, isNew, label, turn, fleet);
    }

    /** The asset is the frame's. */
    private static void writeLabel(Label label, DataOutput out) throws IOException {
        out.writeBoolean(label != null);
        if (label != null) {
            out.writeLong(label.getTime().toEpochMilli());
            out.writeLong(label.getRecordedAt().toEpochMilli());
            Doubles.write(Targets.of(label), out);
        }
    }

    private static Label readLabel(String asset, DataInput in) throws IOException {
        return in.readBoolean()
                ? Targets.label(
                        asset,
                        Instant.ofEpochMilli(in.readLong()),
                        Instant.ofEpochMilli(in.readLong()),
                        Doubles.read(in))
                : null;
    }
}
