package io.pidstream.learn;

import io.pidstream.avro.Explanation;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.BlockStatisticsFormat;
import io.pidstream.event.Encoding;
import io.pidstream.event.ExplanationFormat;
import io.pidstream.event.Targets;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.FleetLearner;
import io.pidstream.forecast.FleetLearnerFormat;
import io.pidstream.forecast.LabelledLatents;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.BinaryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Learns across assets: puts the fleet's forecast on every frame, and learns all labels of one turn
 * together, in the order of their assets' names, so that sums do not depend on arrival.
 */
public final class FleetFunction extends KeyedProcessFunction<String, Observation, Observation> {
    private static final long serialVersionUID = 1;

    /** Key, and name in explanations, of the whole fleet. */
    public static final String FLEET = "*";

    /** The fleet's explanations, one at the end of every block. */
    public static final OutputTag<Explanation> EXPLANATIONS =
            new OutputTag<>("fleet-explanations", new BinaryType<>(new ExplanationFormat()));

    /** What every finished block of the fleet tells by itself. */
    public static final OutputTag<BlockStatistics> BLOCKS =
            new OutputTag<>("fleet-blocks", new BinaryType<>(new BlockStatisticsFormat()));

    private static final ValueStateDescriptor<BlockRecorder> OPEN_BLOCK =
            new ValueStateDescriptor<>(
                    "open-fleet-block", new BinaryType<>(new BlockRecorderFormat()));
    private static final MapStateDescriptor<Long, List<Observation>> WAITING =
            new MapStateDescriptor<>(
                    "observations-by-turn",
                    Types.LONG,
                    Types.LIST(new BinaryType<>(new ObservationFormat())));
    private static final Comparator<Observation> BY_ASSET =
            Comparator.comparing(Observation::asset).thenComparingLong(Observation::slot);

    private final LearnerSettings settings;
    private final LearningOrder order;
    private final boolean history;
    private final double tolerance;

    private transient Explanations explanations;
    private transient ExplanationGauges gauges;
    private transient MapState<Long, List<Observation>> waiting;
    private transient MapState<Long, FleetLearner> learners;
    private transient ValueState<BlockRecorder> openBlock;

    /**
     * @param tolerance rise of the residual standard deviation that is put up with where modalities
     *     are left out, as a share
     */
    public FleetFunction(
            LearnerSettings settings, LearningOrder order, boolean history, double tolerance) {
        this.settings = settings;
        this.order = order;
        this.history = history;
        this.tolerance = tolerance;
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
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "fleet-learner-by-version",
                                        Types.LONG,
                                        new BinaryType<>(new FleetLearnerFormat(settings))));
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
        List<Observation> due = new ArrayList<>(waiting.get(turn));
        waiting.remove(turn);
        due.sort(BY_ASSET);
        Map<Long, FleetLearner> used = new TreeMap<>();
        for (Observation observation : due) {
            if (observation.isNew()) {
                out.collect(observation.withFleet(forecasts(observation, used)));
            }
        }
        Map<Long, List<LabelledLatents>> labelled = new TreeMap<>();
        BlockRecorder block = openBlock.value();
        long active = -1;
        Observation lastLabelled = null;
        for (Observation observation : due) {
            if (observation.isLabelled()) {
                collect(observation, labelled, used);
                block = record(observation, block);
                active = observation.encoded().active().version();
                lastLabelled = observation;
            }
            if (!observation.isNew()) {
                out.collect(observation);
            }
        }
        for (Map.Entry<Long, List<LabelledLatents>> batch : labelled.entrySet()) {
            FleetLearner ofVersion = used.get(batch.getKey());
            ofVersion.learn(batch.getValue());
            if (batch.getKey() == active && ofVersion.blockCompleted()) {
                explain(active, ofVersion, context);
            }
        }
        FleetLearner learner = used.get(active);
        if (block != null && learner != null && learner.blockCompleted()) {
            context.output(BLOCKS, block.end(FLEET, active, turn, learner.blockInformation()));
        }
        if (active >= 0) {
            openBlock.update(block);
        }
        // A prediction changes the learner too: experts are solved for it.
        learners.putAll(used);
        if (learner != null && learner.blockCompleted()) {
            forget(lastLabelled);
        }
    }

    private List<FleetForecast> forecasts(Observation observation, Map<Long, FleetLearner> used)
            throws Exception {
        int present = observation.present(history, sensors());
        List<FleetForecast> forecasts = new ArrayList<>(observation.encoded().encodings().size());
        Encoding active = observation.encoded().active();
        for (Encoding encoding : observation.encoded().encodings()) {
            double[] latents = observation.inputs(encoding, settings, order.period());
            forecasts.addAll(
                    learner(encoding, active, used).predict(observation.slot(), present, latents));
        }
        return forecasts;
    }

    private void collect(
            Observation observation,
            Map<Long, List<LabelledLatents>> labelled,
            Map<Long, FleetLearner> used)
            throws Exception {
        int present = observation.present(history, sensors());
        for (Encoding encoding : observation.encoded().encodings()) {
            learner(encoding, observation.encoded().active(), used);
            labelled.computeIfAbsent(encoding.version(), version -> new ArrayList<>())
                    .add(
                            new LabelledLatents(
                                    observation.asset(),
                                    observation.slot(),
                                    present,
                                    observation.inputs(encoding, settings, order.period()),
                                    Targets.of(observation.label())));
        }
    }

    /** The fleet's own predictions are not scored: they are what the assets start from. */
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
        int present = observation.present(history, sensors());
        block.add(observation.asset(), observation.slot(), present, values, target, none);
        return block;
    }

    private void explain(long version, FleetLearner learner, OnTimerContext context) {
        Explanation explanation =
                explanations.ofBlock(FLEET, version, learner.explanation(), learner.intervals());
        gauges.show(explanation);
        context.output(EXPLANATIONS, explanation);
    }

    /**
     * Forgets older versions that frames are not encoded by any more. The frame may have waited for
     * its label, so newer versions stay.
     */
    private void forget(Observation labelled) throws Exception {
        Set<Long> kept = labelled.versions();
        List<Long> known = new ArrayList<>();
        learners.keys().forEach(known::add);
        for (long version : known) {
            if (!kept.contains(version) && version < Collections.max(kept)) {
                learners.remove(version);
            }
        }
    }

    /** Modalities that are read; the history is not. */
    private int sensors() {
        return settings.modalities().size() - (history ? 1 : 0);
    }

    /**
     * The learner of a version, which is read from the state at most once per turn; a new one
     * begins with what that of the active version knows.
     */
    private FleetLearner learner(Encoding encoding, Encoding active, Map<Long, FleetLearner> used)
            throws Exception {
        FleetLearner learner = used.get(encoding.version());
        if (learner == null) {
            learner = learners.get(encoding.version());
            if (learner == null) {
                LearnerSettings ofVersion = settings.forLatent(encoding.latent());
                learner =
                        encoding.version() == active.version()
                                ? new FleetLearner(ofVersion, true)
                                : learner(active, active, used).forked(ofVersion);
            }
            used.put(encoding.version(), learner);
        }
        return learner;
    }
}
