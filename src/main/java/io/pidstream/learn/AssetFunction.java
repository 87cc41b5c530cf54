package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.BinaryType;
import io.pidstream.event.Encoding;
import io.pidstream.event.ExplanationFormat;
import io.pidstream.event.Frame;
import io.pidstream.event.Score;
import io.pidstream.event.ScoreFormat;
import io.pidstream.event.TrainingSampleFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Learns every asset by itself, on top of what the fleet predicts: a frame is predicted and
 * explained; a label first scores the prediction that was made, and is learned then.
 *
 * <p>Observations come in the order of learning, so there is no buffer here, only the forecasts
 * that wait for their label.
 */
public final class AssetFunction extends KeyedProcessFunction<String, Observation, Prediction> {
    private static final long serialVersionUID = 1;

    /** An asset's explanations, one at the end of every block. */
    public static final OutputTag<Explanation> EXPLANATIONS =
            new OutputTag<>("asset-explanations", new BinaryType<>(new ExplanationFormat()));

    /** One labelled frame each, for fine-tuning. */
    public static final OutputTag<TrainingSample> TRAINING_SAMPLES =
            new OutputTag<>("training-samples", new BinaryType<>(new TrainingSampleFormat()));

    /** How predictions turned out, of the version that serves and of the one in its shadow. */
    public static final OutputTag<Score> SCORES =
            new OutputTag<>("scores", new BinaryType<>(new ScoreFormat()));

    /** Accumulator: frames seen so far. */
    public static final String FRAMES = "frames";

    /** Accumulator: those of them in which a modality was absent. */
    public static final String INCOMPLETE_FRAMES = "incomplete-frames";

    private static final MapStateDescriptor<Long, List<Forecast>> FORECASTS =
            new MapStateDescriptor<>(
                    "forecasts-by-slot",
                    Types.LONG,
                    Types.LIST(new BinaryType<>(new ForecastFormat())));
    private static final ValueStateDescriptor<Long> NEXT_SWEEP =
            new ValueStateDescriptor<>("next-sweep", Types.LONG);

    private final LearnerSettings settings;
    private final LearningOrder order;
    private final boolean history;
    private final boolean ownExperts;

    private transient MapState<Long, AssetLearner> learners;
    private transient MapState<Long, List<Forecast>> forecasts;
    private transient Sweep sweep;
    private transient PredictionRecords records;
    private transient Counter labels;
    private transient Counter unpredictable;
    private transient LongCounter frames;
    private transient LongCounter incompleteFrames;
    private transient PrequentialMetrics metrics;

    /**
     * @param ownExperts whether an asset has experts of its own, or only mixes the fleet's
     */
    public AssetFunction(
            LearnerSettings settings, LearningOrder order, boolean history, boolean ownExperts) {
        this.settings = settings;
        this.order = order;
        this.history = history;
        this.ownExperts = ownExperts;
    }

    @Override
    public void open(OpenContext context) {
        learners =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "asset-learner-by-version",
                                        Types.LONG,
                                        new BinaryType<>(
                                                new AssetLearnerFormat(settings, ownExperts))));
        forecasts = getRuntimeContext().getMapState(FORECASTS);
        sweep = new Sweep(order, getRuntimeContext().getState(NEXT_SWEEP));
        records = new PredictionRecords(settings);
        metrics = new PrequentialMetrics();
        frames = getRuntimeContext().getLongCounter(FRAMES);
        incompleteFrames = getRuntimeContext().getLongCounter(INCOMPLETE_FRAMES);
        var group = getRuntimeContext().getMetricGroup();
        labels = group.counter("labelsLearned");
        unpredictable = group.counter("framesWithoutPrediction");
        group.gauge("prequentialMae", () -> figure(PrequentialMetrics::meanAbsoluteError));
        group.gauge("intervalCoverage", () -> figure(PrequentialMetrics::coverage));
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Prediction> out)
            throws Exception {
        if (observation.isLabelled()) {
            learn(observation, context);
        } else {
            predict(observation, context, out);
        }
    }

    private void predict(Observation observation, Context context, Collector<Prediction> out)
            throws Exception {
        int present = observation.present(history, sensors());
        List<Encoding> encodings = observation.encoded().encodings();
        List<Forecast> made = new ArrayList<>(encodings.size());
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            double[] latents = observation.latents(encoding, history, order.period());
            AssetLearner learner = learner(encoding.version());
            Forecast forecast =
                    learner.predict(observation.slot(), present, latents, observation.fleet(i));
            made.add(forecast);
            if (i == 0) {
                serve(observation, encoding, present, forecast, learner, out);
            }
        }
        forecasts.put(observation.slot(), made);
        sweep.include(observation.slot(), context.timerService());
        frames.add(1);
        if (Integer.bitCount(observation.encoded().frame().present()) < sensors()) {
            incompleteFrames.add(1);
        }
    }

    private void serve(
            Observation observation,
            Encoding encoding,
            int present,
            Forecast forecast,
            AssetLearner learner,
            Collector<Prediction> out) {
        if (forecast.isKnown()) {
            out.collect(
                    records.prediction(
                            observation.asset(),
                            observation.slot(),
                            encoding.version(),
                            present,
                            forecast,
                            learner.explanation()));
        } else {
            unpredictable.inc(); // Nothing has been learned yet, by the asset or by the fleet.
        }
    }

    private void learn(Observation observation, Context context) throws Exception {
        List<Forecast> made = forecasts.get(observation.slot());
        forecasts.remove(observation.slot());
        int present = observation.present(history, sensors());
        List<Encoding> encodings = observation.encoded().encodings();
        labels.inc();
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            Forecast forecast = made.get(i);
            score(observation, encoding.version(), i == 0, forecast, context);
            AssetLearner learner = learner(encoding.version());
            learner.learn(
                    observation.slot(),
                    present,
                    observation.latents(encoding, history, order.period()),
                    observation.label().getValue(),
                    forecast);
            learners.put(encoding.version(), learner);
            if (i == 0 && learner.blockCompleted()) {
                context.output(
                        EXPLANATIONS,
                        records.explanation(
                                observation.asset(), encoding.version(), learner.explanation()));
            }
        }
        context.output(TRAINING_SAMPLES, sample(observation, made.get(0)));
    }

    private void score(
            Observation observation,
            long version,
            boolean active,
            Forecast forecast,
            Context context) {
        Label label = observation.label();
        if (active && forecast.isKnown()) {
            metrics.add(forecast, label.getValue());
        }
        context.output(
                SCORES,
                new Score(
                        observation.asset(),
                        observation.slot(),
                        label.getRecordedAt().toEpochMilli(),
                        version,
                        active,
                        label.getValue(),
                        forecast.isKnown() ? forecast.prediction() : Double.NaN,
                        forecast.isKnown() ? forecast.lower() : Double.NaN,
                        forecast.isKnown() ? forecast.upper() : Double.NaN));
    }

    private TrainingSample sample(Observation observation, Forecast forecast) {
        Frame frame = observation.encoded().frame();
        List<Double> values = new ArrayList<>(frame.values().length);
        for (double value : frame.values()) {
            values.add(Double.isNaN(value) ? null : (Double) value);
        }
        return new TrainingSample(
                frame.asset(),
                Instant.ofEpochMilli(frame.time()),
                observation.label().getRecordedAt(),
                observation.label().getValue(),
                forecast.isKnown() ? (Double) forecast.prediction() : null,
                observation.encoded().active().version(),
                records.present(frame.present()),
                values);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Prediction> out)
            throws Exception {
        sweep.onTimer(timestamp, forecasts, context.timerService());
    }

    /** Of this subtask since it started; NaN while nothing has been scored. */
    private double figure(ToDoubleFunction<PrequentialMetrics> figure) {
        return metrics.count() == 0 ? Double.NaN : figure.applyAsDouble(metrics);
    }

    /** Modalities that are read; the history is not. */
    private int sensors() {
        return settings.modalities().size() - (history ? 1 : 0);
    }

    private AssetLearner learner(long version) throws Exception {
        AssetLearner learner = learners.get(version);
        if (learner == null) {
            learner = new AssetLearner(settings, ownExperts);
            learners.put(version, learner);
        }
        return learner;
    }
}
