package io.pidstream.join;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.forecast.FeatureLayout;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One turn of learning: a frame to predict, a frame with its label to learn, or both if the label
 * is known at the frame's own turn.
 *
 * @param encoded the frame and its encodings
 * @param known what was known of the asset's labels at the frame's turn; null if nothing was, and
 *     on a later turn if learners do not read it
 * @param isNew whether this is the frame's own turn, at which it is predicted before anything is
 *     learned
 * @param label the label to learn afterwards; null if it is not known at this turn
 * @param turn position in the order of learning, milliseconds since 1970
 * @param fleet the fleet's forecasts, one per target for every encoding; empty without a fleet
 *     forecast
 */
public record Observation(
        EncodedFrame encoded,
        KnownTarget known,
        boolean isNew,
        Label label,
        long turn,
        List<FleetForecast> fleet) {
    public static final Format<Observation> FORMAT =
            Formats.of(
                    Part.of(
                            "learn/observation",
                            5,
                            EncodedFrame.FORMAT.part(),
                            KnownTarget.FORMAT.part(),
                            EventFormats.LABEL.part(),
                            FleetForecast.FORMAT.part()),
                    Observation.class,
                    Observation::writeTo,
                    Observation::readFrom);

    public Observation {
        if (!isNew && label == null) {
            throw new IllegalArgumentException("nothing to predict, nothing to learn: " + encoded);
        }
        fleet = List.copyOf(fleet);
    }

    public String asset() {
        return encoded.frame().asset();
    }

    /** Start of the frame's slot, milliseconds since 1970. */
    public long slot() {
        return encoded.frame().time();
    }

    /** The versions that encoded the frame. */
    public Set<Long> versions() {
        return encoded.encodings().stream().map(Encoding::version).collect(Collectors.toSet());
    }

    public boolean isLabelled() {
        return label != null;
    }

    /** With the encodings of the frame. */
    public Observation encoded(List<Encoding> encodings) {
        EncodedFrame frame = new EncodedFrame(encoded.frame(), encodings);
        return new Observation(frame, known, isNew, label, turn, fleet);
    }

    /**
     * What was known of the labels: the newest value of every target, and the number of slots since
     * its own; empty if nothing was.
     *
     * @param period duration of a slot, milliseconds
     */
    public double[] past(long period) {
        if (known == null) {
            return new double[0];
        }
        double[] past = Arrays.copyOf(known.values(), known.values().length + 1);
        past[past.length - 1] = age(period);
        return past;
    }

    private double age(long period) {
        return (double) (slot() - known.slot()) / period;
    }

    public Observation withFleet(List<FleetForecast> forecasts) {
        return new Observation(encoded, known, isNew, label, turn, forecasts);
    }

    /** The fleet's forecasts for encoding {@code index}; empty without a fleet forecast. */
    public List<FleetForecast> fleet(int index) {
        int targets = fleet.size() / encoded.encodings().size();
        return fleet.subList(index * targets, (index + 1) * targets);
    }

    /** The modalities that are present, including the target's own past if it is a modality. */
    public ModalitySet present(LearnerSettings settings) {
        ModalitySet present = encoded.frame().present();
        return settings.history() && known != null ? present.with(settings.sensors()) : present;
    }

    /**
     * The inputs of the learners.
     *
     * @param period duration of a slot, milliseconds
     */
    public double[] inputs(Encoding encoding, FeatureLayout layout, long period) {
        return layout.inputs(
                encoded.frame().values(),
                encoding.latents(),
                encoding.shares(),
                known == null ? null : known.values(),
                known == null ? 0 : age(period));
    }

    private void writeTo(DataOutput out) throws IOException {
        EncodedFrame.FORMAT.write(encoded, out);
        Wire.writeOptional(out, KnownTarget.FORMAT, known);
        out.writeBoolean(isNew);
        Wire.writeOptional(out, EventFormats.LABEL, label);
        out.writeLong(turn);
        out.writeByte(fleet.size());
        for (FleetForecast forecast : fleet) {
            FleetForecast.FORMAT.write(forecast, out);
        }
    }

    private static Observation readFrom(DataInput in, Versions versions) throws IOException {
        EncodedFrame frame = EncodedFrame.FORMAT.read(in, versions);
        KnownTarget known = Wire.readOptional(in, KnownTarget.FORMAT, versions);
        boolean isNew = in.readBoolean();
        Label label = Wire.readOptional(in, EventFormats.LABEL, versions);
        long turn = in.readLong();
        int count = in.readUnsignedByte();
        List<FleetForecast> fleet = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fleet.add(FleetForecast.FORMAT.read(in, versions));
        }
        return new Observation(frame, known, isNew, label, turn, fleet);
    }
}
