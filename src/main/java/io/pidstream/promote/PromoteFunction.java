package io.pidstream.promote;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Score;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.metric.Value;
import io.pidstream.state.FormatType;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.version.VersionNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.events.EventBuilder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Promotes a candidate that is proven to predict better than the active version, or that is ahead
 * where the settings ask for no more, rejects one that is not, and rolls back an active version
 * that is proven worse than its predecessor. The proof is an anytime-valid comparison of both
 * versions' errors on the same labels ({@link Trial}). Decisions are records for the topic of model
 * versions, which the encode stage reads.
 *
 * <p>Scores are buffered until the watermark and processed instant by instant, in the order of
 * asset names, so decisions do not depend on arrival order or parallelism.
 */
public final class PromoteFunction
        extends KeyedCoProcessFunction<String, Score, ModelVersion, ModelVersion> {
    private static final long serialVersionUID = 1;

    /** The single key. */
    public static final String ALL = "versions";

    private static final MapStateDescriptor<Long, List<Score>> SCORES =
            new MapStateDescriptor<>("scores-by-turn", Types.LONG, FormatType.listOf(Score.FORMAT));
    private static final MapStateDescriptor<Long, ModelVersion> VERSIONS =
            new MapStateDescriptor<>(
                    "versions", Types.LONG, FormatType.of(EventFormats.MODEL_VERSION));
    private static final ValueStateDescriptor<Trial> TRIAL =
            new ValueStateDescriptor<>("candidate-on-trial", FormatType.of(Trial.FORMAT));
    private static final ValueStateDescriptor<Trial> WATCH =
            new ValueStateDescriptor<>("active-under-watch", FormatType.of(Trial.FORMAT));

    private final PromoteSettings settings;

    private transient MapState<Long, List<Score>> scores;
    private transient MapState<Long, ModelVersion> versions;
    private transient ValueState<Trial> trial;
    private transient ValueState<Trial> watch;
    private transient Counter promoted;
    private transient Counter rejected;
    private transient Counter rolledBack;
    private transient Value evidence;
    private transient MetricGroup group;

    public PromoteFunction(PromoteSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        scores = getRuntimeContext().getMapState(SCORES);
        versions = getRuntimeContext().getMapState(VERSIONS);
        trial = getRuntimeContext().getState(TRIAL);
        watch = getRuntimeContext().getState(WATCH);
        group = getRuntimeContext().getMetricGroup();
        StageMetrics metrics = StageMetrics.of(getRuntimeContext());
        promoted = metrics.counter(Metric.PROMOTED_VERSIONS);
        rejected = metrics.counter(Metric.REJECTED_VERSIONS);
        rolledBack = metrics.counter(Metric.ROLLED_BACK_VERSIONS);
        evidence = metrics.value(Metric.SHADOW_EVIDENCE);
    }

    @Override
    public void processElement1(Score score, Context context, Collector<ModelVersion> out)
            throws Exception {
        List<Score> same = scores.get(context.timestamp());
        List<Score> with = same == null ? new ArrayList<>() : new ArrayList<>(same);
        with.add(score);
        scores.put(context.timestamp(), with);
        context.timerService().registerEventTimeTimer(context.timestamp());
    }

    @Override
    public void processElement2(ModelVersion version, Context context, Collector<ModelVersion> out)
            throws Exception {
        ModelVersion known = versions.get(version.getVersion());
        if (VersionNumber.refusal(known, version).isPresent()) {
            // Compaction keeps the newest record per version number, so each record must be
            // complete.
            out.collect(known);
            return;
        }
        versions.put(version.getVersion(), version);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ModelVersion> out)
            throws Exception {
        List<Score> waiting = scores.get(timestamp);
        if (waiting == null) {
            throw new BrokenInvariant(
                    "turn %s is due but has no scores", Instant.ofEpochMilli(timestamp));
        }
        List<Score> due = new ArrayList<>(waiting);
        scores.remove(timestamp);
        due.sort(
                Comparator.comparing(Score::asset)
                        .thenComparingLong(Score::time)
                        .thenComparingInt(Score::index));
        Labels instant = new Labels(due);
        if (instant.active < 0) {
            return;
        }
        for (long version : instant.shadows()) {
            ModelVersion record = versions.get(version);
            if (record != null && record.getState() == ModelState.CANDIDATE) {
                judge(record, instant, timestamp, out);
            } else {
                watch(version, instant, timestamp, out);
            }
        }
    }

    private void judge(
            ModelVersion candidate, Labels instant, long turn, Collector<ModelVersion> out)
            throws Exception {
        Trial running = trial.value();
        if (running == null
                || running.challenger() != candidate.getVersion()
                || running.incumbent() != instant.active) {
            running = new Trial(candidate.getVersion(), instant.active);
        }
        instant.add(running, settings.warmUp());
        evidence.set(running.metrics().get("trialEvidenceBetter"));
        Trial.Verdict verdict = running.verdict(settings.alpha(), settings.longest());
        trial.update(running);
        boolean renews =
                verdict != Trial.Verdict.BETTER
                        && verdict != Trial.Verdict.WORSE
                        && running.isAhead(settings.renewAfter());
        if (verdict == Trial.Verdict.OPEN && !renews) {
            return;
        }
        trial.clear();
        evidence.set(Double.NaN);
        if (verdict == Trial.Verdict.BETTER || renews) {
            promoted.inc();
            retireOthers(instant.active, turn, out);
            String why = renews ? "promoted, ahead without proof" : "promoted";
            emit(candidate, ModelState.ACTIVE, why, running, turn, out);
            watch.clear();
        } else {
            rejected.inc();
            String why = verdict == Trial.Verdict.WORSE ? "worse" : "not proven better";
            emit(candidate, ModelState.REJECTED, why, running, turn, out);
        }
    }

    /** Retires all active versions except the rollback target. */
    private void retireOthers(long before, long turn, Collector<ModelVersion> out)
            throws Exception {
        List<ModelVersion> others = new ArrayList<>();
        for (ModelVersion version : versions.values()) {
            if (version.getState() == ModelState.ACTIVE && version.getVersion() != before) {
                others.add(version);
            }
        }
        others.sort(Comparator.comparingLong(ModelVersion::getVersion));
        for (ModelVersion version : others) {
            emit(version, ModelState.RETIRED, "superseded by newer versions", null, turn, out);
        }
    }

    private void watch(long before, Labels instant, long turn, Collector<ModelVersion> out)
            throws Exception {
        ModelVersion active = versions.get(instant.active);
        if (active == null || active.getState() != ModelState.ACTIVE || !isBefore(before, active)) {
            return;
        }
        Trial running = watch.value();
        if (running == null
                || running.challenger() != before
                || running.incumbent() != instant.active) {
            running = new Trial(before, instant.active);
        }
        instant.add(running, 0);
        Trial.Verdict verdict = running.verdict(settings.regressionAlpha(), settings.longest());
        if (verdict == Trial.Verdict.BETTER) {
            rolledBack.inc();
            emit(
                    active,
                    ModelState.RETIRED,
                    "rolled back: the previous version is better",
                    running,
                    turn,
                    out);
        }
        if (verdict == Trial.Verdict.OPEN) {
            watch.update(running);
        } else {
            watch.clear();
        }
    }

    /**
     * Whether a version was active before another. Labels of frames that were encoded before a
     * promotion still arrive afterwards; for these the promoted version is the shadow.
     */
    private boolean isBefore(long version, ModelVersion active) throws Exception {
        if (version == Encoding.IDENTITY) {
            return true;
        }
        ModelVersion record = versions.get(version);
        return record != null
                && record.getState() == ModelState.ACTIVE
                && record.getEffectiveFrom().isBefore(active.getEffectiveFrom());
    }

    private void emit(
            ModelVersion version,
            ModelState state,
            String why,
            Trial comparison,
            long turn,
            Collector<ModelVersion> out)
            throws Exception {
        Map<String, Double> metrics = new TreeMap<>(version.getMetrics());
        if (comparison != null) {
            metrics.putAll(comparison.metrics());
        }
        ModelVersion next =
                ModelVersion.newBuilder(version)
                        .setState(state)
                        .setEffectiveFrom(Instant.ofEpochMilli(turn + settings.lead()))
                        .setMetrics(metrics)
                        .setReason(comparison == null ? why : why + ": " + comparison.inWords())
                        .build();
        versions.put(next.getVersion(), next);
        group.addEvent(event(next, turn));
        out.collect(next);
    }

    /** For Flink's event reporters. */
    private static EventBuilder event(ModelVersion version, long turn) {
        return new EventBuilder(PromoteFunction.class, "ModelVersion")
                .setObservedTsMillis(turn)
                .setSeverity("INFO")
                .setBody(
                        "version %d is %s: %s"
                                .formatted(
                                        version.getVersion(),
                                        version.getState(),
                                        version.getReason()))
                .setAttribute("version", Long.toString(version.getVersion()))
                .setAttribute("state", version.getState().name());
    }

    /** The scores of one instant, by version. */
    private static final class Labels {
        private final TreeMap<Long, Map<String, Score>> byVersion = new TreeMap<>();
        private long active = -1;

        Labels(List<Score> sorted) {
            for (Score score : sorted) {
                if (score.active()) {
                    active = Math.max(active, score.modelVersion());
                }
                byVersion
                        .computeIfAbsent(score.modelVersion(), version -> new TreeMap<>())
                        .put(label(score), score);
            }
        }

        private static String label(Score score) {
            return score.asset() + ' ' + score.time() + ' ' + score.index();
        }

        /** All versions except the active one. */
        List<Long> shadows() {
            return byVersion.keySet().stream().filter(version -> version != active).toList();
        }

        /** Adds the labels that both versions of a trial have predicted. */
        void add(Trial trial, long warmUp) {
            List<Trial.Pair> pairs = new ArrayList<>();
            Map<String, Score> incumbent = byVersion.getOrDefault(trial.incumbent(), Map.of());
            byVersion
                    .getOrDefault(trial.challenger(), Map.of())
                    .forEach(
                            (label, score) -> {
                                Score other = incumbent.get(label);
                                if (other != null) {
                                    pairs.add(
                                            new Trial.Pair(
                                                    score.index(),
                                                    score.target(),
                                                    score.prediction(),
                                                    other.prediction()));
                                }
                            });
            trial.add(pairs.stream().filter(Trial.Pair::isFinite).toList(), warmUp);
        }
    }
}
