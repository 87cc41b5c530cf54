package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the Avro records of an asset's predictions. */
final class PredictionRecords {
    private static final int REMEMBERED = 10_000;

    private final LearnerSettings settings;

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

    List<String> present(int mask) {
        List<String> names = new ArrayList<>();
        for (int m = 0; m < settings.modalities().size(); m++) {
            if ((mask & (1 << m)) != 0) {
                names.add(settings.modalities().get(m));
            }
        }
        return names;
    }

    private record Made(long version, long labelledFrames, Explanation record) {
        /** An explanation is only ever replaced by one of more labelled frames. */
        boolean isOf(long otherVersion, RollingExplanation other) {
            return version == otherVersion && labelledFrames == other.labelledFrames();
        }
    }
}
