package io.pidstream.benchmark;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.pid.PidDefinition;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records with all that a prediction of the pipeline has; their numbers mean nothing. */
final class MeaninglessPredictions implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<String> names;
    private transient Explanation explanation;

    /**
     * @param names of the modalities
     */
    MeaninglessPredictions(List<String> names) {
        this.names = names;
    }

    Prediction of(String asset, Instant time, double value) {
        if (explanation == null) {
            // The pipeline makes one per block of labels and uses it again until the next.
            explanation = explanation(asset, time);
        }
        return new Prediction(
                asset,
                time,
                value,
                value - 1,
                value + 1,
                0L,
                names,
                numbers(value),
                0.0,
                explanation,
                List.of(),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }

    private Explanation explanation(String asset, Instant time) {
        Map<String, Double> subsets = numbers(1);
        subsets.put(String.join("+", names), 1.0);
        Map<String, Double> perModality = numbers(1);
        return new Explanation(
                asset,
                time,
                0L,
                ExplanationStatus.OK,
                null,
                PidDefinition.MMI.text(),
                1000L,
                1000.0,
                subsets,
                subsets,
                perModality,
                perModality,
                perModality,
                1.0,
                1.0,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                0.0,
                null,
                null);
    }

    private Map<String, Double> numbers(double value) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        names.forEach(name -> numbers.put(name, value));
        return numbers;
    }
}
