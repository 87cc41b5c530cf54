package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Frame;
import io.pidstream.event.Score;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** Makes the records of an asset's predictions and of how they turned out. */
final class PredictionRecords {
    private static final int REMEMBERED = 10_000;

    private final LearnerSettings settings;

    /** By presence mask. */
    private final List<List<String>> names;

    /** Explanations change seldom; the record made of one is used again until then. */
    private final Map<String, Made> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > REMEMBERED;
                }
            };

    PredictionRecords(LearnerSettings settings) {
        this.settings = settings;
        names = subsets(settings.modalities());
    }

    Prediction prediction(
            String asset,
            long slot,
            long version,
            int present,
            Forecast forecast,
            RollingExplanation explanation) {
        Map<String, Double> contributions = new LinkedHashMap<>();
        for (int m = 0; m < settings.modalities().size(); m++) {
            contributions.put(settings.modalities().get(m), forecast.contributions()[m]);
        }
        return new Prediction(
                asset,
                Instant.ofEpochMilli(slot),
                forecast.prediction(),
                forecast.lower(),
                forecast.upper(),
                version,
                present(present),
                contributions,
                forecast.baseline(),
                explanation(asset, version, explanation));
    }

    Explanation explanation(String asset, long version, RollingExplanation explanation) {
        Made made = remembered.get(asset);
        if (made == null || !made.isOf(version, explanation)) {
            made =
                    new Made(
                            version,
                            explanation.labelledFrames(),
                            Explanations.toRecord(asset, version, explanation));
            remembered.put(asset, made);
        }
        return made.record();
    }

    /** A labelled frame with what was forecast for it. */
    TrainingSample trainingSample(Observation observation, Forecast forecast) {
        Frame frame = observation.encoded().frame();
        return new TrainingSample(
                frame.asset(),
                Instant.ofEpochMilli(frame.time()),
                observation.label().getRecordedAt(),
                observation.label().getValue(),
                forecast.isKnown() ? (Double) forecast.prediction() : null,
                observation.encoded().active().version(),
                present(frame.present()),
                new Cells(frame.values()));
    }

    /** How a forecast turned out; NaN where none was made. */
    Score score(Observation observation, long version, boolean active, Forecast forecast) {
        Label label = observation.label();
        return new Score(
                observation.asset(),
                observation.slot(),
                label.getRecordedAt().toEpochMilli(),
                version,
                active,
                label.getValue(),
                forecast.isKnown() ? forecast.prediction() : Double.NaN,
                forecast.isKnown() ? forecast.lower() : Double.NaN,
                forecast.isKnown() ? forecast.upper() : Double.NaN);
    }

    private List<String> present(int mask) {
        return names.get(mask);
    }

    private static List<List<String>> subsets(List<String> modalities) {
        List<List<String>> subsets = new ArrayList<>();
        for (int mask = 0; mask < 1 << modalities.size(); mask++) {
            List<String> names = new ArrayList<>();
            for (int m = 0; m < modalities.size(); m++) {
                if ((mask & (1 << m)) != 0) {
                    names.add(modalities.get(m));
                }
            }
            subsets.add(List.copyOf(names));
        }
        return subsets;
    }

    /** The values of a frame as Avro has them: null where there is none. */
    private static final class Cells extends AbstractList<Double> implements RandomAccess {
        private final double[] values;

        Cells(double[] values) {
            this.values = values;
        }

        @Override
        public Double get(int index) {
            double value = values[index];
            return Double.isNaN(value) ? null : (Double) value;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private record Made(long version, long labelledFrames, Explanation record) {
        /** An explanation is only ever replaced by one of more labelled frames. */
        boolean isOf(long otherVersion, RollingExplanation other) {
            return version == otherVersion && labelledFrames == other.labelledFrames();
        }
    }
}
