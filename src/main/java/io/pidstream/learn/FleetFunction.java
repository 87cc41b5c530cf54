package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Fleet;
import io.pidstream.event.Targets;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.FleetLearner;
import io.pidstream.forecast.LabelledFeatures;
import io.pidstream.forecast.LearnerFormat;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.pid.ModalitySet;
import io.pidstream.state.FormatType;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.tables.FrameInputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * Learns across assets: adds the fleet's forecast to every frame, and learns all labels of one turn
 * together, in the order of asset names, so that sums do not depend on arrival order.
 */
public final class FleetFunction extends KeyedProcessFunction<String, Observation, Observation> {
    private static final long serialVersionUID = 1;

    /** The fleet's explanations, one at the end of every block. */
    public static final OutputTag<Explanation> EXPLANATIONS =
            new OutputTag<>("fleet-explanations", FormatType.of(EventFormats.EXPLANATION));

    /** The statistics of every completed block of the fleet. */
    public static final OutputTag<BlockStatistics> BLOCKS =
            new OutputTag<>("fleet-blocks", FormatType.of(BlockStatistics.FORMAT));

    private static final ValueStateDescriptor<BlockRecorder> OPEN_BLOCK =
            new ValueStateDescriptor<>("open-fleet-block", FormatType.of(BlockRecorder.FORMAT));
    private static final MapStateDescriptor<Long, List<Observation>> WAITING =
            new MapStateDescriptor<>(
                    "observations-by-turn", Types.LONG, FormatType.listOf(Observation.FORMAT));
    private static final Comparator<Observation> BY_ASSET =
            Comparator.comparing(Observation::asset).thenComparingLong(Observation::slot);

    private final LearnerSettings settings;
    private final LearningOrder order;
    private final double tolerance;
    private final int mostLabels;

    private transient Explanations explanations;
    private transient ExplanationGauges gauges;
    private transient MapState<Long, List<Observation>> waiting;
    private transient VersionLearners<FleetLearner> learners;
    private transient ValueState<BlockRecorder> openBlock;

    /**
     * @param tolerance tolerated relative increase of the residual standard deviation when
     *     modalities are left out
     * @param mostLabels labels of one turn that are learned, at most
     */
    public FleetFunction(
            LearnerSettings settings, LearningOrder order, double tolerance, int mostLabels) {
        this.settings = settings;
        this.order = order;
        this.tolerance = tolerance;
        this.mostLabels = mostLabels;
    }

    @Override
    public void open(OpenContext context) {
        explanations = new Explanations(settings.targets(), tolerance);
        gauges =
                new ExplanationGauges(
                        StageMetrics.of(getRuntimeContext()), Metric.FLEET, settings.modalities());
        waiting = getRuntimeContext().getMapState(WAITING);
        openBlock = getRuntimeContext().getState(OPEN_BLOCK);
        learners =
                new VersionLearners<>(
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "fleet-learner-by-version",
                                                Types.LONG,
                                                FormatType.of(LearnerFormat.ofFleet(settings)))),
                        settings,
                        ofVersion -> new FleetLearner(ofVersion, true),
                        FleetLearner::forked);
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Observation> out)
            throws Exception {
        List<Observation> same = waiting.get(observation.turn());
        if (same == null) {
            same = new ArrayList<>();
            context.timerService().registerEventTimeTimer(order.timerOf(observation.turn()));
        }
        same.add(observation);
        waiting.put(observation.turn(), same);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Observation> out)
            throws Exception {
        long turn = order.turnOf(timestamp);
        List<Observation> due = dueAt(turn);
        List<Observation> known = due.stream().filter(Observation::isLabelled).toList();
        List<Observation> learned = LabelSample.of(known, mostLabels);
        Map<Long, FleetLearner> used = new TreeMap<>();
        // A frame whose label is known at its own turn is predicted and learned.
        Map<Observation, List<FrameInputs>> inputsOf = new IdentityHashMap<>();
        learned.forEach(observation -> inputsOf.put(observation, null));
        for (Observation observation : due) {
            if (observation.isNew()) {
                List<FrameInputs> inputs = inputs(observation, used);
                out.collect(observation.withFleet(forecasts(observation, inputs, used)));
                inputsOf.replace(observation, inputs);
            }
        }
        Map<Long, List<LabelledFeatures>> labelled = new TreeMap<>();
        BlockRecorder block = openBlock.value();
        Encoding active = null;
        Observation lastLabelled = null;
        for (Observation observation : learned) {
            List<FrameInputs> inputs = inputsOf.get(observation);
            collect(observation, inputs == null ? inputs(observation, used) : inputs, labelled);
            active = observation.encoded().active();
            lastLabelled = observation;
        }
        for (Observation observation : known) {
            block = record(observation, block);
        }
        for (Observation observation : due) {
            if (!observation.isNew()) {
                out.collect(observation);
            }
        }
        for (Map.Entry<Long, List<LabelledFeatures>> batch : labelled.entrySet()) {
            FleetLearner ofVersion = used.get(batch.getKey());
            ofVersion.learn(batch.getValue());
            if (batch.getKey() == active.version() && ofVersion.blockCompleted()) {
                explain(active.version(), ofVersion, context);
            }
        }
        FleetLearner learner = active == null ? null : used.get(active.version());
        if (block != null && learner != null && learner.blockCompleted()) {
            context.output(BLOCKS, block.end(Fleet.NAME, active, turn, learner.blockInformation()));
        }
        if (active != null) {
            openBlock.update(block);
        }
        for (Map.Entry<Long, FleetLearner> ofVersion : used.entrySet()) {
            learners.put(ofVersion.getKey(), ofVersion.getValue());
        }
        if (learner != null && learner.blockCompleted()) {
            learners.forgetOthers(lastLabelled);
        }
    }

    /** Removes the observations of this turn from state and returns them in the order of assets. */
    private List<Observation> dueAt(long turn) throws Exception {
        List<Observation> of = waiting.get(turn);
        if (of == null) {
            throw new BrokenInvariant(
                    "turn %s is due but has no observations", Instant.ofEpochMilli(turn));
        }
        waiting.remove(turn);
        List<Observation> due = new ArrayList<>(of);
        due.sort(BY_ASSET);
        return due;
    }

    /** The inputs of every encoding. */
    private List<FrameInputs> inputs(Observation observation, Map<Long, FleetLearner> used)
            throws Exception {
        List<Encoding> encodings = observation.encoded().encodings();
        List<FrameInputs> inputs = new ArrayList<>(encodings.size());
        for (Encoding encoding : encodings) {
            FleetLearner learner = learner(encoding, observation.encoded().active(), used);
            inputs.add(
                    new FrameInputs(
                            observation.inputs(encoding, learner.layout(), order.period())));
        }
        return inputs;
    }

    private List<FleetForecast> forecasts(
            Observation observation, List<FrameInputs> inputs, Map<Long, FleetLearner> used)
            throws Exception {
        ModalitySet present = observation.present(settings);
        List<Encoding> encodings = observation.encoded().encodings();
        List<FleetForecast> forecasts = new ArrayList<>(encodings.size());
        Encoding active = observation.encoded().active();
        for (int i = 0; i < encodings.size(); i++) {
            FleetLearner learner = learner(encodings.get(i), active, used);
            boolean byChannel = encodings.get(i).version() == active.version(); // It is served.
            forecasts.addAll(
                    learner.predict(observation.slot(), present, inputs.get(i), byChannel));
        }
        return forecasts;
    }

    private void collect(
            Observation observation,
            List<FrameInputs> inputs,
            Map<Long, List<LabelledFeatures>> labelled) {
        ModalitySet present = observation.present(settings);
        List<Encoding> encodings = observation.encoded().encodings();
        for (int i = 0; i < encodings.size(); i++) {
            labelled.computeIfAbsent(encodings.get(i).version(), version -> new ArrayList<>())
                    .add(
                            new LabelledFeatures(
                                    observation.asset(),
                                    observation.slot(),
                                    present,
                                    inputs.get(i),
                                    Targets.of(observation.label())));
        }
    }

    /**
     * The fleet's own predictions are not scored: they are only the input of the assets' learners.
     */
    private BlockRecorder record(Observation observation, BlockRecorder before) {
        double[] values = observation.encoded().frame().values();
        double[] target = Targets.of(observation.label());
        double[] none = new double[target.length];
        Arrays.fill(none, Double.NaN);
        BlockRecorder block =
                before == null
                        ? new BlockRecorder(
                                settings.modalities().size(), values.length, target.length)
                        : before;
        ModalitySet present = observation.present(settings);
        block.add(observation.asset(), observation.slot(), present, values, target, none);
        return block;
    }

    private void explain(long version, FleetLearner learner, OnTimerContext context) {
        Explanation explanation =
                explanations.ofBlock(
                        Fleet.NAME, version, learner.explanation(), learner.intervals());
        gauges.show(explanation);
        context.output(EXPLANATIONS, explanation);
    }

    /** The learner of a version; read from state at most once per turn. */
    private FleetLearner learner(Encoding encoding, Encoding active, Map<Long, FleetLearner> used)
            throws Exception {
        FleetLearner learner = used.get(encoding.version());
        if (learner == null) {
            boolean isActive = encoding.version() == active.version();
            learner =
                    learners.get(encoding, active, isActive ? null : learner(active, active, used));
            used.put(encoding.version(), learner);
        }
        return learner;
    }
}
