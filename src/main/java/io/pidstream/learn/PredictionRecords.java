package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Frame;
import io.pidstream.event.Score;
import io.pidstream.forecast.FeatureLayout;
import io.pidstream.forecast.Forecast;
import io.pidstream.forecast.ForecastByChannel;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.forecast.RollingExplanation;
import io.pidstream.join.Observation;
import io.pidstream.pid.ModalitySet;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** Builds the records of an asset's predictions and of their scores. */
final class PredictionRecords {
    private static final int REMEMBERED = 10_000;

    private final LearnerSettings settings;
    private final Explanations explanations;

    /** By {@link ModalitySet#bits} of what is present. */
    private final List<List<String>> names;

    /** Cache: explanations change rarely, so their records are reused. */
    private final Map<String, Made> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > REMEMBERED;
                }
            };

    PredictionRecords(LearnerSettings settings, Explanations explanations) {
        this.settings = settings;
        this.explanations = explanations;
        names =
                ModalitySet.subsets(settings.modalities().size()).stream()
                        .map(set -> List.copyOf(set.names(settings.modalities())))
                        .toList();
    }

    /**
     * @param made one per target, known
     * @param layout of the learner that made them
     */
    Prediction prediction(
            Frame frame,
            long version,
            ModalitySet present,
            List<ForecastByChannel> made,
            FeatureLayout layout,
            RollingExplanation explanation) {
        Forecast first = made.get(0).forecast();
        return new Prediction(
                frame.asset(),
                Instant.ofEpochMilli(frame.time()),
                first.prediction(),
                first.lower(),
                first.upper(),
                version,
                present(present),
                contributions(first),
                first.baseline(),
                explanation(frame.asset(), version, explanation),
                further(made, present, layout),
                expectedError(first),
                intervals(first),
                layout.byName(present, made.get(0).channels()),
                first.yardsticks().toMap(),
                frame.isRunning() ? PredictionStatus.OK : PredictionStatus.NOT_RUNNING);
    }

    private Map<String, Double> contributions(Forecast forecast) {
        Map<String, Double> contributions = new LinkedHashMap<>();
        for (int m = 0; m < settings.modalities().size(); m++) {
            contributions.put(settings.modalities().get(m), forecast.contributions()[m]);
        }
        return contributions;
    }

    /** Null if unknown. */
    private static Double expectedError(Forecast forecast) {
        double expected = forecast.uncertainty().expectedError();
        return Double.isNaN(expected) ? null : (Double) expected;
    }

    /** Of every level, narrowest first; none if there is one. */
    private List<PredictionInterval> intervals(Forecast forecast) {
        if (settings.intervals().size() == 1) {
            return List.of();
        }
        double[] ends = forecast.ends();
        List<PredictionInterval> intervals = new ArrayList<>(settings.intervals().size());
        for (int l = 0; 2 * l < ends.length; l++) {
            double level = settings.intervals().get(l);
            intervals.add(new PredictionInterval(level, ends[2 * l], ends[2 * l + 1]));
        }
        return intervals;
    }

    private List<TargetPrediction> further(
            List<ForecastByChannel> made, ModalitySet present, FeatureLayout layout) {
        if (made.size() == 1) {
            return List.of();
        }
        List<TargetPrediction> further = new ArrayList<>(made.size() - 1);
        for (int t = 1; t < made.size(); t++) {
            Forecast forecast = made.get(t).forecast();
            further.add(
                    new TargetPrediction(
                            settings.targets().get(t),
                            forecast.prediction(),
                            forecast.lower(),
                            forecast.upper(),
                            contributions(forecast),
                            forecast.baseline(),
                            expectedError(forecast),
                            intervals(forecast),
                            layout.byName(present, made.get(t).channels()),
                            forecast.yardsticks().toMap()));
        }
        return further;
    }

    private Explanation explanation(String asset, long version, RollingExplanation explanation) {
        Made made = remembered.get(asset);
        if (made == null || !made.isOf(version, explanation)) {
            made =
                    new Made(
                            version,
                            explanation.labelledFrames(),
                            explanations.inPrediction(asset, version, explanation));
            remembered.put(asset, made);
        }
        return made.record();
    }

    /**
     * A labelled frame with its forecasts.
     *
     * @param made forecasts of the active version, one per target; further ones are ignored
     */
    TrainingSample trainingSample(Observation observation, List<Forecast> made) {
        Frame frame = observation.encoded().frame();
        Forecast forecast = made.get(0);
        return new TrainingSample(
                frame.asset(),
                Instant.ofEpochMilli(frame.time()),
                observation.label().getRecordedAt(),
                observation.label().getValue(),
                forecast.isKnown() ? (Double) forecast.prediction() : null,
                observation.encoded().active().version(),
                present(frame.present()),
                new Cells(frame.values()),
                observation.label().getFurther(),
                forecast.isKnown() ? furtherPredictions(made) : List.of(),
                settings.history()
                        ? new Cells(observation.past(settings.period().toMillis()))
                        : List.of());
    }

    private List<Double> furtherPredictions(List<Forecast> made) {
        return made.subList(1, settings.targets().size()).stream()
                .map(Forecast::prediction)
                .toList();
    }

    /** The score of a forecast; NaN if none was made. */
    Score score(
            Observation observation,
            long version,
            boolean active,
            int index,
            double target,
            Forecast forecast) {
        Label label = observation.label();
        return new Score(
                observation.asset(),
                observation.slot(),
                label.getRecordedAt().toEpochMilli(),
                version,
                active,
                index,
                target,
                forecast.isKnown() ? forecast.prediction() : Double.NaN,
                forecast.isKnown() ? forecast.lower() : Double.NaN,
                forecast.isKnown() ? forecast.upper() : Double.NaN,
                forecast.isKnown() ? forecast.uncertainty().expectedError() : Double.NaN,
                forecast.isKnown()
                        ? Arrays.stream(forecast.uncertainty().narrower()).boxed().toList()
                        : List.of(),
                forecast.yardsticks());
    }

    private List<String> present(ModalitySet present) {
        return names.get(present.bits());
    }

    /** The values of a frame for Avro: null if absent. */
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
        /** A newer explanation always has more labelled frames, so their number identifies it. */
        boolean isOf(long otherVersion, RollingExplanation other) {
            return version == otherVersion && labelledFrames == other.labelledFrames();
        }
    }
}
