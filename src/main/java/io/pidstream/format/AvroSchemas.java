package io.pidstream.format;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertBlock;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.AtomIntervals;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationIntervals;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Interval;
import io.pidstream.avro.Label;
import io.pidstream.avro.Loss;
import io.pidstream.avro.ModelModality;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.avro.Selection;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import java.util.List;

/**
 * The classes generated from {@code avro-schemas/}. Must not use {@link AvroTrust}, which waits for
 * this class.
 */
final class AvroSchemas {
    /** All generated classes. */
    static final List<Class<?>> GENERATED =
            List.of(
                    Alert.class,
                    AlertAction.class,
                    AlertActionKind.class,
                    AlertBlock.class,
                    AlertMeasure.class,
                    AlertOutcome.class,
                    AlertState.class,
                    DeadLetter.class,
                    DeadLetterReason.class,
                    Explanation.class,
                    ExplanationIntervals.class,
                    ExplanationStatus.class,
                    AtomIntervals.class,
                    Interval.class,
                    Label.class,
                    Loss.class,
                    ModelModality.class,
                    ModelState.class,
                    ModelVersion.class,
                    OneVsRest.class,
                    Prediction.class,
                    PredictionInterval.class,
                    PredictionStatus.class,
                    Reading.class,
                    Selection.class,
                    TargetPrediction.class,
                    TrainingSample.class);

    private AvroSchemas() {}

    static boolean isGenerated(Class<?> type) {
        return type.getPackageName().equals(Reading.class.getPackageName());
    }

    /** Parses all schemas by initialising the classes. */
    static void parse() {
        for (Class<?> type : GENERATED) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(type + " cannot be initialised", e);
            }
        }
    }
}
