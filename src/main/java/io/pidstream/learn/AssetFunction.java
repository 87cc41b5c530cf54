package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.event.Score;
import io.pidstream.event.Targets;
import io.pidstream.forecast.AssetLearner;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.Forecast;
import io.pidstream.forecast.ForecastByChannel;
import io.pidstream.forecast.LearnerFormat;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.KnownTarget;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.join.Sweep;
import io.pidstream.metric.StageMetrics;
import io.pidstream.pid.ModalitySet;
import io.pidstream.state.FormatType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Learns each asset individually, on top of the fleet's forecasts. A frame is predicted and
 * explained; a label first scores the prediction that was made and is then learned.
 *
 * <p>Observations arrive in the order of learning, so the only buffer is that of forecasts waiting
 * for their label.
 */
public final class AssetFunction extends KeyedProcessFunction<String, Observation, Prediction> {
    private static final long serialVersionUID = 1;

    /** An asset's explanations, one at the end of every block. */
    public static final OutputTag<Explanation> EXPLANATIONS =
            new OutputTag<>("asset-explanations", FormatType.of(EventFormats.EXPLANATION));

    /** One labelled frame each, for fine-tuning. */
    public static final OutputTag<TrainingSample> TRAINING_SAMPLES =
            new OutputTag<>("training-samples", FormatType.of(EventFormats.TRAINING_SAMPLE));

    /**
     * The scores of frames that more than one version has predicted, on which versions are
     * compared.
     */
    public static final OutputTag<Score> TRIALS =
            new OutputTag<>("trials", FormatType.of(Score.FORMAT));

    /** Scores of predictions of the serving version and of the shadow version. */
    public static final OutputTag<Score> SCORES =
            new OutputTag<>("scores", FormatType.of(Score.FORMAT));

    /** The statistics of every completed block. */
    public static final OutputTag<BlockStatistics> BLOCKS =
            new OutputTag<>("asset-blocks", FormatType.of(BlockStatistics.FORMAT));

    /** Accumulator: frames seen so far. */
    public static final String FRAMES = "frames";

    /** Accumulator: those of them in which a modality was absent. */
    public static final String INCOMPLETE_FRAMES = "incomplete-frames";

    /** Accumulator: those of them at which the asset was not running. */
    public static final String NOT_RUNNING_FRAMES = "not-running-frames";

    private static final MapStateDescriptor<Long, List<Forecast>> FORECASTS =
            new MapStateDescriptor<>(
                    "forecasts-by-slot", Types.LONG, FormatType.listOf(Forecast.FORMAT));
    private static final ValueStateDescriptor<BlockRecorder> OPEN_BLOCK =
            new ValueStateDescriptor<>("open-block", FormatType.of(BlockRecorder.FORMAT));
    private static final ValueStateDescriptor<Long> NEXT_SWEEP =
            new ValueStateDescriptor<>("next-sweep", Types.LONG);

    private final LearnerSettings settings;
    private final LearningOrder order;
    private final boolean ownExperts;
    private final double tolerance;

    private transient VersionLearners<AssetLearner> learners;
    private transient MapState<Long, List<Forecast>> forecasts;
    private transient ValueState<BlockRecorder> openBlock;
    private transient Sweep sweep;
    private transient Explanations explanations;
    private transient PredictionRecords records;
    private transient LongCounter frames;
    private transient LongCounter incompleteFrames;
    private transient LongCounter notRunningFrames;
    private transient AssetMetrics metrics;

    /**
     * @param ownExperts whether an asset has its own experts or only mixes the fleet's
     * @param tolerance tolerated relative increase of the residual standard deviation when
     *     modalities are left out
     */
    public AssetFunction(
            LearnerSettings settings, LearningOrder order, boolean ownExperts, double tolerance) {
        this.settings = settings;
        this.order = order;
        this.ownExperts = ownExperts;
        this.tolerance = tolerance;
    }

    @Override
    public void open(OpenContext context) {
        learners =
                new VersionLearners<>(
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "asset-learner-by-version",
                                                Types.LONG,
                                                FormatType.of(
                                                        LearnerFormat.ofAssets(
                                                                settings, ownExperts)))),
                        settings,
                        ofVersion -> new AssetLearner(ofVersion, ownExperts),
                        AssetLearner::forked);
        forecasts = getRuntimeContext().getMapState(FORECASTS);
        openBlock = getRuntimeContext().getState(OPEN_BLOCK);
        sweep = new Sweep(order, getRuntimeContext().getState(NEXT_SWEEP));
        explanations = new Explanations(settings.targets(), tolerance);
        records = new PredictionRecords(settings, explanations);
        frames = getRuntimeContext().getLongCounter(FRAMES);
        incompleteFrames = getRuntimeContext().getLongCounter(INCOMPLETE_FRAMES);
        notRunningFrames = getRuntimeContext().getLongCounter(NOT_RUNNING_FRAMES);
        metrics = new AssetMetrics(StageMetrics.of(getRuntimeContext()), settings);
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Prediction> out)
            throws Exception {
        List<Encoding> encodings = observation.encoded().encodings();
        ModalitySet present = observation.present(settings);
        List<Forecast> made =
                observation.isNew()
                        ? new ArrayList<>(encodings.size() * targets())
                        : remembered(observation.slot());
        List<AssetLearner> ofEncodings = learners(encodings);
        boolean ended = false;
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            AssetLearner learner = ofEncodings.get(i);
            double[] inputs = observation.inputs(encoding, learner.layout(), order.period());
            if (observation.isNew()) {
                List<ForecastByChannel> forecasts =
                        predict(observation, i, present, inputs, learner);
                forecasts.forEach(forecast -> made.add(forecast.forecast()));
                if (i < 2) {
                    metrics.predicted(
                            observation.asset(),
                            i == 0,
                            made.subList(i * targets(), (i + 1) * targets()));
                }
                if (i == 0) {
                    serve(observation, encoding, present, forecasts, learner, out);
                }
            }
            if (observation.isLabelled()) {
                List<Forecast> ofEncoding = made.subList(i * targets(), (i + 1) * targets());
                learn(observation, i, present, inputs, ofEncoding, learner, context);
                ended |= i == 0 && learner.blockCompleted();
            }
            learners.put(encoding.version(), learner);
        }
        if (ended) {
            learners.forgetOthers(observation);
        }
        if (observation.isLabelled()) {
            metrics.learned();
            context.output(TRAINING_SAMPLES, records.trainingSample(observation, made));
        } else if (observation.encoded().frame().isRunning()) {
            forecasts.put(observation.slot(), made);
            sweep.include(observation.slot(), context.timerService());
        }
        if (observation.isNew()) {
            count(observation.encoded().frame());
        }
    }

    /**
     * Forecasts with what the asset's labels alone would have predicted; split by channel where
     * they are served.
     */
    private static List<ForecastByChannel> predict(
            Observation observation,
            int index,
            ModalitySet present,
            double[] inputs,
            AssetLearner learner) {
        long slot = observation.slot();
        List<FleetForecast> fleet = observation.fleet(index);
        List<ForecastByChannel> forecasts =
                index == 0
                        ? learner.predictByChannel(slot, present, inputs, fleet)
                        : learner.predict(slot, present, inputs, fleet).stream()
                                .map(ForecastByChannel::unknown)
                                .toList();
        KnownTarget known = observation.known();
        if (known == null) {
            return forecasts;
        }
        List<ForecastByChannel> measured = new ArrayList<>(forecasts.size());
        for (int t = 0; t < forecasts.size(); t++) {
            measured.add(forecasts.get(t).withLabels(known.values()[t], known.means()[t]));
        }
        return measured;
    }

    /** The forecasts made at the frame's turn. */
    private List<Forecast> remembered(long slot) throws Exception {
        List<Forecast> made = forecasts.get(slot);
        forecasts.remove(slot);
        return made;
    }

    private void count(Frame frame) {
        frames.add(1);
        if (frame.present().size() < settings.sensors()) {
            incompleteFrames.add(1);
        }
        if (!frame.isRunning()) {
            notRunningFrames.add(1);
        }
    }

    private void serve(
            Observation observation,
            Encoding encoding,
            ModalitySet present,
            List<ForecastByChannel> made,
            AssetLearner learner,
            Collector<Prediction> out) {
        if (made.get(0).forecast().isKnown()) {
            out.collect(
                    records.prediction(
                            observation.encoded().frame(),
                            encoding.version(),
                            present,
                            made,
                            learner.layout(),
                            learner.explanation()));
        } else {
            metrics.unpredictable(); // Neither the asset nor the fleet has learned anything yet.
        }
    }

    private void learn(
            Observation observation,
            int index,
            ModalitySet present,
            double[] inputs,
            List<Forecast> made,
            AssetLearner learner,
            Context context)
            throws Exception {
        boolean active = index == 0;
        Encoding encoding = observation.encoded().encodings().get(index);
        long version = encoding.version();
        double[] target = Targets.of(observation.label());
        for (int t = 0; t < target.length; t++) {
            Forecast forecast = made.get(t);
            if (index < 2) {
                metrics.scored(observation.asset(), t, active, forecast, target[t]);
            }
            Score score = records.score(observation, version, active, t, target[t], forecast);
            context.output(SCORES, score);
            if (observation.encoded().encodings().size() > 1) {
                context.output(TRIALS, score);
            }
        }
        learner.learn(observation.slot(), present, inputs, target, made);
        if (active) {
            record(observation, encoding, present, target, made, learner, context);
        }
        if (active && learner.blockCompleted()) {
            Explanation explanation =
                    explanations.ofBlock(
                            observation.asset(),
                            version,
                            learner.explanation(),
                            learner.intervals());
            metrics.explained(explanation);
            context.output(EXPLANATIONS, explanation);
        }
    }

    private void record(
            Observation observation,
            Encoding encoding,
            ModalitySet present,
            double[] target,
            List<Forecast> made,
            AssetLearner learner,
            Context context)
            throws Exception {
        double[] values = observation.encoded().frame().values();
        BlockRecorder block = openBlock.value();
        if (block == null) {
            block =
                    new BlockRecorder(
                            settings.modalities().size(), values.length, settings.targets().size());
        }
        double[] predicted = new double[target.length];
        for (int t = 0; t < target.length; t++) {
            predicted[t] = made.get(t).isKnown() ? made.get(t).prediction() : Double.NaN;
        }
        block.add(observation.asset(), observation.slot(), present, values, target, predicted);
        if (learner.blockCompleted()) {
            context.output(
                    BLOCKS,
                    block.end(
                            observation.asset(),
                            encoding,
                            observation.turn(),
                            learner.blockInformation()));
        }
        openBlock.update(block);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Prediction> out)
            throws Exception {
        sweep.onTimer(timestamp, forecasts, context.timerService());
    }

    private int targets() {
        return settings.targets().size();
    }

    /** The learners of all versions, before any of them has learned from this observation. */
    private List<AssetLearner> learners(List<Encoding> encodings) throws Exception {
        List<AssetLearner> all = new ArrayList<>(encodings.size());
        for (Encoding encoding : encodings) {
            all.add(learners.get(encoding, encodings.get(0), all.isEmpty() ? null : all.get(0)));
        }
        return all;
    }
}
