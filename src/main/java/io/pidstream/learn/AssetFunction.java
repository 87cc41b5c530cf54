package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.BinaryType;
import io.pidstream.event.Encoding;
import io.pidstream.event.ExplanationFormat;
import io.pidstream.event.Frame;
import io.pidstream.event.Score;
import io.pidstream.event.ScoreFormat;
import io.pidstream.event.TrainingSampleFormat;
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
        List<Encoding> encodings = observation.encoded().encodings();
        int present = observation.present(history, sensors());
        List<Forecast> made =
                observation.isNew()
                        ? new ArrayList<>(encodings.size())
                        : remembered(observation.slot());
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            double[] latents = observation.latents(encoding, history, order.period());
            AssetLearner learner = learner(encoding.version());
            if (observation.isNew()) {
                made.add(
                        learner.predict(
                                observation.slot(), present, latents, observation.fleet(i)));
                if (i == 0) {
                    serve(observation, encoding, present, made.get(0), learner, out);
                }
            }
            if (observation.isLabelled()) {
                learn(observation, i, present, latents, made.get(i), learner, context);
            }
            // A prediction changes the learner too: it is counted, and experts are solved for it.
            learners.put(encoding.version(), learner);
        }
        if (observation.isLabelled()) {
            labels.inc();
            context.output(TRAINING_SAMPLES, records.trainingSample(observation, made.get(0)));
        } else {
            forecasts.put(observation.slot(), made);
            sweep.include(observation.slot(), context.timerService());
        }
        if (observation.isNew()) {
            count(observation.encoded().frame());
        }
    }

    /** What was forecast when it was the frame's turn. */
    private List<Forecast> remembered(long slot) throws Exception {
        List<Forecast> made = forecasts.get(slot);
        forecasts.remove(slot);
        return made;
    }

    private void count(Frame frame) {
        frames.add(1);
        if (Integer.bitCount(frame.present()) < sensors()) {
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

    private void learn(
            Observation observation,
            int index,
            int present,
            double[] latents,
            Forecast forecast,
            AssetLearner learner,
            Context context) {
        boolean active = index == 0;
        long version = observation.encoded().encodings().get(index).version();
        double target = observation.label().getValue();
        if (active && forecast.isKnown()) {
            metrics.add(forecast, target);
        }
        context.output(SCORES, records.score(observation, version, active, forecast));
        learner.learn(observation.slot(), present, latents, target, forecast);
        if (active && learner.blockCompleted()) {
            context.output(
                    EXPLANATIONS,
                    records.explanation(observation.asset(), version, learner.explanation()));
        }
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
        return learner == null ? new AssetLearner(settings, ownExperts) : learner;
    }
}
