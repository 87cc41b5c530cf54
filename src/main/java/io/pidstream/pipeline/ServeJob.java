package io.pidstream.pipeline;

import io.pidstream.admit.AdmitFunction;
import io.pidstream.admit.Inbound;
import io.pidstream.alert.ActionFunction;
import io.pidstream.alert.AlertFunction;
import io.pidstream.alert.AlertSettings;
import io.pidstream.alert.Notice;
import io.pidstream.alert.StallFunction;
import io.pidstream.align.AlignFunction;
import io.pidstream.align.SlotClock;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.config.PipelineConfig;
import io.pidstream.encode.EncodeOperator;
import io.pidstream.encode.EncodeSettings;
import io.pidstream.encode.PublishVersions;
import io.pidstream.encode.SteppedEncodeOperator;
import io.pidstream.encode.VersionLoop;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Fleet;
import io.pidstream.event.Frame;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.Score;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.LabelJoinFunction;
import io.pidstream.join.LabelJoinOperator;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.kafka.Topics;
import io.pidstream.learn.AssetFunction;
import io.pidstream.learn.FleetFunction;
import io.pidstream.promote.PromoteFunction;
import io.pidstream.state.FormatType;
import io.pidstream.train.SteppedFineTuneOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The serve job: from readings and labels to predictions with rolling explanations, and to alerts
 * when contributions shift.
 *
 * <pre>
 * readings-&lt;modality&gt; ─ admit ─┐
 * readings-&lt;modality&gt; ─ admit ─┼─ align ── join labels ── encode ── learn fleet ── learn asset ─┬─ predictions
 * labels ── admit ─────────────│───┼──────────┘            │            │               │        ├─ explanations
 * model-versions ──────────────│───┼───────────────────────┘ (broadcast)├─ explanations *├────────┤
 *                              │   ├─ late-readings                     └─ blocks *      ├─ training-samples
 *                              │   └─ find stalls ─┐                          │          ├─ scores
 *                              └─ dead-letters     └───────── detect shifts ──┴── blocks ┘
 * alert-actions ─────────────────────────────────────────────────┴─ honour actions ── alerts
 * </pre>
 *
 * The graph is independent of its endpoints: Kafka, files, the simulator and tests provide their
 * own.
 */
public final class ServeJob {
    private static final int MICRO_BATCH = 64;

    /** Slots from a decision about a version until it takes effect. */
    private static final int LEAD = 2;

    /** The same if versions return within the job: enough slots to encode many frames at once. */
    private static final int LOOP_LEAD = 64;

    private static final TypeInformation<Inbound> INBOUND = FormatType.of(Inbound.FORMAT);
    private static final TypeInformation<Reading> READING = FormatType.of(EventFormats.READING);
    private static final TypeInformation<PlacedLabel> LABEL = FormatType.of(PlacedLabel.FORMAT);
    private static final TypeInformation<ModelVersion> VERSION =
            FormatType.of(EventFormats.MODEL_VERSION);
    private static final TypeInformation<Alert> ALERT = FormatType.of(EventFormats.ALERT);
    private static final TypeInformation<Notice> NOTICE = FormatType.of(Notice.FORMAT);
    private static final TypeInformation<Frame> FRAME = FormatType.of(Frame.FORMAT);
    private static final TypeInformation<Observation> OBSERVATION =
            FormatType.of(Observation.FORMAT);

    private final StreamExecutionEnvironment env;
    private final PipelineConfig config;
    private final ServeSinks sinks;

    /** Null where versions come from elsewhere. */
    private final VersionLoop loop;

    private final List<DataStream<DeadLetter>> deadLetters = new ArrayList<>();

    private ServeJob(
            StreamExecutionEnvironment env,
            PipelineConfig config,
            ServeSinks sinks,
            VersionLoop loop) {
        this.env = env;
        this.config = config;
        this.sinks = sinks;
        this.loop = loop;
    }

    /** Adds the job's graph to {@code env}. */
    public static void define(
            StreamExecutionEnvironment env,
            PipelineConfig config,
            ServeSources sources,
            ServeSinks sinks) {
        new ServeJob(env, config, sinks, null).define(sources);
    }

    /**
     * Adds the job's graph with fine-tuning to {@code env}, for a file and one process. Versions
     * return to the encoders through {@code loop}, in event time, so the output is a function of
     * the input. Published versions go to the sink of versions.
     *
     * <pre>
     * join ─── encode ── ... ── learn asset ─┬─ training samples ── fine-tune ─┐
     *            │ ^                         └─ trials ── promote ─┴───────────┴─ publish versions
     *            │ └─ · · · loop · · · · · · · · · · · · · · · ^ · · · · · · · · · · · · · ┘
     *            └─ versions in effect ────────────────────────┘
     * </pre>
     */
    public static void defineFineTuned(
            StreamExecutionEnvironment env,
            PipelineConfig config,
            ServeSources sources,
            ServeSinks sinks,
            VersionLoop loop) {
        new ServeJob(env, config, sinks, loop).define(sources);
    }

    /** A loop for {@link #defineFineTuned}; close it after the run. */
    public static VersionLoop loop(PipelineConfig config) {
        return VersionLoop.open(LOOP_LEAD * config.alignment().period().toMillis());
    }

    private void define(ServeSources sources) {
        JobDefaults.tell(env, config.metrics());
        List<DataStream<PlacedLabel>> allLabels = new ArrayList<>();
        DataStream<Reading> readings = readings(sources, allLabels);
        if (sources.labels() != null) {
            allLabels.add(
                    admit("labels", sources.labels(), sources.labelTime(), LABEL, Inbound::placed));
        }
        DataStream<PlacedLabel> labels = union(allLabels);
        DataStream<Frame> frames = align(readings);
        KeyedStream<Observation, String> joined = join(frames, labels, sources);
        if (loop == null) {
            DataStream<ModelVersion> versions = versions(sources);
            learn(encode(joined, versions, sources), frames, versions, sources);
        } else {
            SingleOutputStreamOperator<Observation> encoded = encodeInSteps(joined, sources);
            DataStream<ModelVersion> versions =
                    encoded.getSideOutput(SteppedEncodeOperator.VERSIONS);
            learn(encoded, frames, versions, sources);
        }
        sink(union(deadLetters), sinks.deadLetters(), "dead-letters", "write dead letters");
    }

    /**
     * @param labels gets those of mapped topics
     */
    private DataStream<Reading> readings(
            ServeSources sources, List<DataStream<PlacedLabel>> labels) {
        List<DataStream<Reading>> all = new ArrayList<>();
        for (int m = 0; m < sources.readings().size(); m++) {
            all.add(
                    admit(
                            "readings-" + config.modalities().all().get(m).name(),
                            sources.readings().get(m),
                            sources.readingTime(),
                            READING,
                            Inbound::reading));
        }
        for (ServeSources.Mapped mapped : sources.mapped()) {
            String name = "topic-" + mapped.topic();
            if (mapped.hasReadings()) {
                SingleOutputStreamOperator<Reading> readings =
                        admit(name, mapped.source(), mapped.time(), READING, Inbound::reading);
                all.add(readings);
                if (mapped.hasLabels()) {
                    labels.add(readings.getSideOutput(AdmitFunction.LABELS));
                }
            } else {
                labels.add(admit(name, mapped.source(), mapped.time(), LABEL, Inbound::placed));
            }
        }
        return union(all);
    }

    private <T> SingleOutputStreamOperator<T> admit(
            String name,
            Source<Inbound, ?, ?> source,
            WatermarkStrategy<Inbound> time,
            TypeInformation<T> type,
            AdmitFunction.Part<T> part) {
        SingleOutputStreamOperator<T> admitted =
                env.fromSource(source, time, "read " + name, INBOUND)
                        .uid(name)
                        .process(new AdmitFunction<>(part), type)
                        .uid("admit-" + name)
                        .name("admit " + name);
        deadLetters.add(admitted.getSideOutput(AdmitFunction.DEAD_LETTERS));
        return admitted;
    }

    private DataStream<Frame> align(DataStream<Reading> readings) {
        PipelineConfig.Alignment alignment = config.alignment();
        SingleOutputStreamOperator<Frame> frames =
                readings.keyBy(Reading::getAsset)
                        .process(
                                new AlignFunction(
                                        config.modalities(),
                                        new SlotClock(alignment.period().toMillis()),
                                        alignment.aggregate(),
                                        config.learning().when()),
                                FRAME)
                        .uid("align")
                        .name("align modalities");
        sink(
                frames.getSideOutput(AlignFunction.LATE),
                sinks.lateReadings(),
                "late-readings",
                "write late readings");
        return frames;
    }

    private DataStream<ModelVersion> versions(ServeSources sources) {
        return env.fromSource(
                        sources.versions(),
                        LiveWatermarks.timelessWatermarks(),
                        "read model-versions",
                        FormatType.of(EventFormats.MODEL_VERSION))
                .uid("model-versions")
                .setParallelism(1);
    }

    /** Labels go to their frames, which leave the alignment keyed by asset. */
    private KeyedStream<Observation, String> join(
            DataStream<Frame> frames, DataStream<PlacedLabel> labels, ServeSources sources) {
        LabelJoinFunction function =
                new LabelJoinFunction(
                        StageSettings.order(config),
                        config.target().aggregate(),
                        config.target().history(),
                        sources.labelsFrom());
        SingleOutputStreamOperator<Observation> joined =
                DataStreamUtils.reinterpretAsKeyedStream(frames, Frame::asset)
                        .connect(labels.keyBy(PlacedLabel::asset))
                        .transform("join labels", OBSERVATION, new LabelJoinOperator(function))
                        .uid("join-labels");
        deadLetters.add(joined.getSideOutput(LabelJoinFunction.DEAD_LETTERS));
        return DataStreamUtils.reinterpretAsKeyedStream(joined, Observation::asset);
    }

    private DataStream<Observation> encode(
            KeyedStream<Observation, String> joined,
            DataStream<ModelVersion> versions,
            ServeSources sources) {
        SingleOutputStreamOperator<Observation> encoded =
                joined.connect(versions.broadcast())
                        .transform("encode", OBSERVATION, new EncodeOperator(encoders(sources)))
                        .uid("encode")
                        .name("encode modalities");
        // Flink has no keyed operator of its own that batches and takes a broadcast.
        var keyed =
                (TwoInputTransformation<Observation, ModelVersion, Observation>)
                        encoded.getTransformation();
        keyed.setStateKeySelectors(joined.getKeySelector(), null);
        keyed.setStateKeyType(joined.getKeyType());
        deadLetters.add(encoded.getSideOutput(EncodeOperator.DEAD_LETTERS));
        return encoded;
    }

    private SingleOutputStreamOperator<Observation> encodeInSteps(
            KeyedStream<Observation, String> joined, ServeSources sources) {
        SingleOutputStreamOperator<Observation> encoded =
                joined.transform(
                                "encode",
                                OBSERVATION,
                                new SteppedEncodeOperator(encoders(sources), loop.name()))
                        .uid("encode")
                        .name("encode modalities");
        deadLetters.add(encoded.getSideOutput(SteppedEncodeOperator.DEAD_LETTERS));
        return encoded;
    }

    private EncodeSettings encoders(ServeSources sources) {
        return new EncodeSettings(
                MICRO_BATCH,
                config.encodable(),
                StageSettings.order(config),
                config.target().names(),
                config.encoder().device(),
                new Topics(config.kafka().prefix()).modelVersions(),
                sources.initialVersions());
    }

    private void learn(
            DataStream<Observation> encoded,
            DataStream<Frame> frames,
            DataStream<ModelVersion> versions,
            ServeSources sources) {
        LearnerSettings settings = StageSettings.learning(config);
        LearningOrder order = StageSettings.order(config);
        List<DataStream<Explanation>> explanations = new ArrayList<>();
        List<DataStream<BlockStatistics>> blocks = new ArrayList<>();
        DataStream<Observation> observations = encoded;
        if (config.learnsFleet()) {
            SingleOutputStreamOperator<Observation> fleet = learnFleet(encoded, settings, order);
            explanations.add(fleet.getSideOutput(FleetFunction.EXPLANATIONS));
            blocks.add(fleet.getSideOutput(FleetFunction.BLOCKS));
            observations = fleet;
        }
        SingleOutputStreamOperator<Prediction> predictions =
                learnAsset(observations, settings, order);
        explanations.add(predictions.getSideOutput(AssetFunction.EXPLANATIONS));
        blocks.add(predictions.getSideOutput(AssetFunction.BLOCKS));
        // Chained, and with object reuse: an asset's predictions share one Explanation object until
        // it changes (learn.PredictionRecords), and the writers encode it once by its identity
        // (kafka.PredictionWriter). After an exchange every prediction would
        // have a copy: the same bytes, but encoded anew for each.
        sink(predictions, sinks.predictions(), "predictions", "write predictions");
        sink(union(explanations), sinks.explanations(), "explanations", "write explanations");
        sink(
                predictions.getSideOutput(AssetFunction.TRAINING_SAMPLES),
                sinks.trainingSamples(),
                "training-samples",
                "write training samples");
        alert(union(blocks), frames, sources);
        decide(predictions, versions, sources);
        if (sinks.scores() != null) {
            sink(
                    predictions.getSideOutput(AssetFunction.SCORES),
                    sinks.scores(),
                    "scores",
                    "write scores");
        }
    }

    private SingleOutputStreamOperator<Observation> learnFleet(
            DataStream<Observation> encoded, LearnerSettings settings, LearningOrder order) {
        return encoded.keyBy(observation -> Fleet.NAME)
                .process(
                        new FleetFunction(
                                settings,
                                order,
                                config.pid().tolerance(),
                                config.learning().fleetLabels()),
                        OBSERVATION)
                .uid("learn-fleet")
                .name("learn fleet")
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<Prediction> learnAsset(
            DataStream<Observation> observations, LearnerSettings settings, LearningOrder order) {
        return observations
                .keyBy(Observation::asset)
                .process(
                        new AssetFunction(
                                settings, order, config.learnsAsset(), config.pid().tolerance()),
                        FormatType.of(EventFormats.PREDICTION))
                .uid("learn-asset")
                .name("learn asset");
    }

    /** Promotion and rollback; in a file run with training, fine-tuning too. */
    private void decide(
            SingleOutputStreamOperator<Prediction> predictions,
            DataStream<ModelVersion> versions,
            ServeSources sources) {
        if (sinks.versions() == null) {
            return;
        }
        DataStream<ModelVersion> decided =
                promote(predictions.getSideOutput(AssetFunction.TRIALS), versions);
        if (loop != null) {
            decided = fineTune(predictions, decided, sources.initialVersions());
        }
        sink(decided, sinks.versions(), "decided-versions", "write model-versions");
    }

    private void alert(
            DataStream<BlockStatistics> blocks, DataStream<Frame> frames, ServeSources sources) {
        AlertSettings settings = StageSettings.alerts(config);
        // Frames leave the alignment keyed by asset: no exchange is needed.
        DataStream<Alert> stalls =
                DataStreamUtils.reinterpretAsKeyedStream(frames, Frame::asset)
                        .process(new StallFunction(settings, config.modalities().count()), ALERT)
                        .uid("find-stalls")
                        .name("find stalls");
        DataStream<Notice> notices =
                stalls.map(Notice::of, NOTICE).uid("note-stalls").name("note stalls");
        if (sources.actions() == null) {
            sink(detect(blocks, notices, settings), sinks.alerts(), "alerts", "write alerts");
            return;
        }
        DataStream<AlertAction> actions =
                env.fromSource(
                                sources.actions(),
                                actionTime(sources.actions()),
                                "read alert-actions",
                                FormatType.of(EventFormats.ALERT_ACTION))
                        .uid("alert-actions")
                        .setParallelism(1);
        DataStream<Notice> done =
                actions.map(Notice::of, NOTICE)
                        .uid("note-actions")
                        .name("note actions")
                        .setParallelism(1);
        sink(
                honour(detect(blocks, notices.union(done), settings), actions),
                sinks.alerts(),
                "alerts",
                "write alerts");
    }

    /**
     * A backlog waits for all that was done about its alerts, so the output does not depend on it.
     */
    private static WatermarkStrategy<AlertAction> actionTime(Source<AlertAction, ?, ?> actions) {
        return actions.getBoundedness() == Boundedness.BOUNDED
                ? WatermarkStrategy.noWatermarks()
                : LiveWatermarks.timelessWatermarks();
    }

    private static DataStream<Alert> detect(
            DataStream<BlockStatistics> blocks,
            DataStream<Notice> notices,
            AlertSettings settings) {
        return blocks.keyBy(block -> Fleet.NAME)
                .connect(notices.keyBy(notice -> Fleet.NAME))
                .process(new AlertFunction(settings), ALERT)
                .uid("detect-shifts")
                .name("detect shifts")
                .setParallelism(1);
    }

    private DataStream<Alert> honour(DataStream<Alert> alerts, DataStream<AlertAction> actions) {
        SingleOutputStreamOperator<Alert> told =
                alerts.keyBy(alert -> Fleet.NAME)
                        .connect(actions.keyBy(action -> Fleet.NAME))
                        .process(
                                new ActionFunction(
                                        new Topics(config.kafka().prefix()).alertActions()),
                                ALERT)
                        .uid("honour-actions")
                        .name("honour actions")
                        .setParallelism(1);
        deadLetters.add(told.getSideOutput(ActionFunction.DEAD_LETTERS));
        return told;
    }

    private DataStream<ModelVersion> promote(
            DataStream<Score> scores, DataStream<ModelVersion> versions) {
        long lead = loop == null ? LEAD * config.alignment().period().toMillis() : loop.lead();
        return scores.keyBy(score -> PromoteFunction.ALL)
                .connect(versions.keyBy(version -> PromoteFunction.ALL))
                .process(new PromoteFunction(StageSettings.promotion(config, lead)), VERSION)
                .uid("promote")
                .name("promote versions")
                .setParallelism(1);
    }

    /** Decisions and trained versions, on their way back to the encoders. */
    private DataStream<ModelVersion> fineTune(
            SingleOutputStreamOperator<Prediction> predictions,
            DataStream<ModelVersion> decided,
            List<ModelVersion> initial) {
        DataStream<ModelVersion> trained =
                predictions
                        .getSideOutput(AssetFunction.TRAINING_SAMPLES)
                        .connect(decided)
                        .transform(
                                "fine-tune",
                                VERSION,
                                new SteppedFineTuneOperator(
                                        StageSettings.fineTuning(config), loop.lead(), initial))
                        .uid("fine-tune")
                        .name("fine-tune encoders")
                        .setParallelism(1);
        return trained.union(decided)
                .transform("publish", VERSION, new PublishVersions(loop.name()))
                .uid("publish-versions")
                .name("publish versions")
                .setParallelism(1);
    }

    private static <T> DataStream<T> union(List<DataStream<T>> streams) {
        DataStream<T> first = streams.get(0);
        for (DataStream<T> other : streams.subList(1, streams.size())) {
            first = first.union(other);
        }
        return first;
    }

    private static <T> void sink(DataStream<T> stream, Sink<T> sink, String uid, String name) {
        stream.sinkTo(sink).uid(uid).name(name);
    }
}
