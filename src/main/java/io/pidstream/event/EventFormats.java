package io.pidstream.event;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The formats of values that travel between stages. */
public final class EventFormats implements FormatCatalog {
    public static final Format<Alert> ALERT = Formats.ofAvro("record/alert", Alert.class);
    public static final Format<AlertAction> ALERT_ACTION =
            Formats.ofAvro("record/alert-action", AlertAction.class);
    public static final Format<DeadLetter> DEAD_LETTER =
            Formats.ofAvro("record/dead-letter", DeadLetter.class);
    public static final Format<Explanation> EXPLANATION =
            Formats.ofAvro("record/explanation", Explanation.class);
    public static final Format<ModelVersion> MODEL_VERSION =
            Formats.ofAvro("record/model-version", ModelVersion.class);
    public static final Format<Prediction> PREDICTION =
            Formats.ofAvro("record/prediction", Prediction.class);
    public static final Format<TrainingSample> TRAINING_SAMPLE =
            Formats.ofAvro("record/training-sample", TrainingSample.class);

    /** Of a frame that waits for its label. */
    public static final Format<Encoding> ENCODING = Encoding.FORMAT;

    /** Compact; a missing value is NaN, which no valid reading contains. */
    public static final Format<Reading> READING =
            Formats.of(
                    Part.of("event/reading", 1),
                    Reading.class,
                    EventFormats::write,
                    EventFormats::readReading);

    /** Compact. */
    public static final Format<Label> LABEL =
            Formats.of(
                    Part.of("event/label", 1),
                    Label.class,
                    EventFormats::write,
                    EventFormats::readLabel);

    @Override
    public List<Format<?>> formats() {
        return List.of(
                ALERT,
                ALERT_ACTION,
                DEAD_LETTER,
                EXPLANATION,
                MODEL_VERSION,
                PREDICTION,
                TRAINING_SAMPLE,
                READING,
                LABEL,
                PlacedLabel.FORMAT,
                Frame.FORMAT,
                ENCODING,
                EncodedFrame.FORMAT,
                Score.FORMAT,
                BlockStatistics.FORMAT);
    }

    private static void write(Reading value, DataOutput out) throws IOException {
        out.writeUTF(value.getAsset());
        out.writeUTF(value.getModality());
        out.writeLong(value.getTime().toEpochMilli());
        Wire.write(out, value.getValues());
    }

    private static Reading readReading(DataInput in, Versions versions) throws IOException {
        String asset = in.readUTF();
        String modality = in.readUTF();
        Instant time = Instant.ofEpochMilli(in.readLong());
        double[] read = Wire.readDoubles(in);
        List<Double> values = new ArrayList<>(read.length);
        for (double value : read) {
            values.add(Double.isNaN(value) ? null : (Double) value);
        }
        return new Reading(asset, modality, time, values);
    }

    private static void write(Label value, DataOutput out) throws IOException {
        out.writeUTF(value.getAsset());
        out.writeLong(value.getTime().toEpochMilli());
        out.writeLong(value.getRecordedAt().toEpochMilli());
        Wire.write(out, Targets.of(value));
    }

    private static Label readLabel(DataInput in, Versions versions) throws IOException {
        return Targets.label(
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                Wire.readDoubles(in));
    }
}
