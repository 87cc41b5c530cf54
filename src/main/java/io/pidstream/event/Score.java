package io.pidstream.event;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.yardstick.YardstickForecasts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * A prediction with its true value, for every model version that made one. Promotion and metrics
 * are based on scores.
 *
 * @param asset the asset
 * @param time start of the slot, milliseconds since 1970
 * @param recordedAt when the label became known, milliseconds since 1970
 * @param modelVersion version that made the prediction
 * @param active whether that version was serving
 * @param index index of the target, from 0, in the order of the configuration
 * @param target the true value, in the target's unit
 * @param prediction the prediction; NaN, like the ends of the interval, if there was none
 * @param lower lower end of the interval of the highest level
 * @param upper upper end of it
 * @param expectedError absolute error that was expected; NaN if unknown
 * @param narrower ends of the intervals of the lower levels: lower and upper end of each, narrowest
 *     first
 * @param yardsticks what simple predictors said at the same time
 */
public record Score(
        String asset,
        long time,
        long recordedAt,
        long modelVersion,
        boolean active,
        int index,
        double target,
        double prediction,
        double lower,
        double upper,
        double expectedError,
        List<Double> narrower,
        YardstickForecasts yardsticks) {
    private static final Part PART = Part.of("event/score", 2, YardstickForecasts.PART);

    public static final Format<Score> FORMAT =
            Formats.of(PART, Score.class, Score::writeTo, Score::readFrom);

    public Score {
        narrower = List.copyOf(narrower);
    }

    /** A score of which only the interval is known. */
    public Score(
            String asset,
            long time,
            long recordedAt,
            long modelVersion,
            boolean active,
            int index,
            double target,
            double prediction,
            double lower,
            double upper) {
        this(
                asset,
                time,
                recordedAt,
                modelVersion,
                active,
                index,
                target,
                prediction,
                lower,
                upper,
                Double.NaN,
                List.of(),
                YardstickForecasts.NONE);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(asset);
        out.writeLong(time);
        out.writeLong(recordedAt);
        out.writeLong(modelVersion);
        out.writeBoolean(active);
        out.writeByte(index);
        out.writeDouble(target);
        out.writeDouble(prediction);
        out.writeDouble(lower);
        out.writeDouble(upper);
        out.writeDouble(expectedError);
        Wire.write(out, narrower);
        yardsticks.writeTo(out);
    }

    private static Score readFrom(DataInput in, Versions versions) throws IOException {
        return new Score(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readUnsignedByte(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                versions.of(PART) > 1 ? in.readDouble() : Double.NaN,
                versions.of(PART) > 1 ? Wire.readList(in) : List.of(),
                versions.of(PART) > 1 ? YardstickForecasts.readFrom(in) : YardstickForecasts.NONE);
    }
}
