package io.pidstream.pipeline;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.kafka.InputTopics;
import io.pidstream.kafka.JobWatch;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.kafka.MappedTopic;
import io.pidstream.kafka.Sinks;
import io.pidstream.kafka.Sources;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.WatchedSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;

/** The topics of a configuration as the sources and sinks of the jobs. */
public final class KafkaEndpoints {
    private KafkaEndpoints() {}

    /** The topics as the serve job's sources, live, from the committed offsets. */
    public static ServeSources sources(PipelineConfig config) {
        return sources(config, List.of(), Sources.Start.COMMITTED);
    }

    /**
     * The topics as the serve job's sources, live.
     *
     * @param initialVersions model versions that are known before the first frame
     * @param start where a job without state starts
     */
    public static ServeSources sources(
            PipelineConfig config, List<ModelVersion> initialVersions, Sources.Start start) {
        Clock clock = Clock.systemUTC();
        PipelineConfig.Alignment alignment = config.alignment();
        WatermarkStrategy<Inbound> readings =
                LiveWatermarks.ofReadings(
                        alignment.maxOutOfOrderness(),
                        alignment.idleAfter(),
                        alignment.period(),
                        clock);
        WatermarkStrategy<Inbound> labels =
                LiveWatermarks.ofLabels(config.target().idleAfter(), clock);
        return sources(
                config,
                new Sources(config.kafka(), config.name(), false, start),
                watch(config, false),
                initialVersions,
                topic -> topic.hasReadings() ? readings : labels);
    }

    /**
     * The topics as the serve job's sources, up to the ends that they have at the start; without
     * idle timeouts, so that the output does not depend on how fast the backlog is read. Reads the
     * topics once before, to know how far time steps back in them.
     *
     * @param initialVersions model versions that are known before the first frame
     * @param start where a job without state starts
     * @param notes takes a line for every topic in which time steps back by more than {@code
     *     alignment.max-out-of-orderness}
     */
    public static ServeSources backlog(
            PipelineConfig config,
            List<ModelVersion> initialVersions,
            Sources.Start start,
            Consumer<String> notes)
            throws ExecutionException {
        BacklogTimes times = BacklogTimes.of(config, notes);
        return sources(
                config,
                new Sources(config.kafka(), config.name(), true, start),
                watch(config, true),
                initialVersions,
                times::of);
    }

    /** What is watched while the serve job runs. */
    public static JobWatch watch(PipelineConfig config, boolean bounded) {
        InputTopics inputs = config.inputTopics();
        List<String> all = new ArrayList<>(inputs.own());
        all.addAll(inputs.others());
        List<String> readings = new ArrayList<>(all);
        readings.removeAll(inputs.labels());
        config.mappedTopics().stream()
                .filter(topic -> topic.hasReadings() && inputs.labels().contains(topic.name()))
                .forEach(topic -> readings.add(topic.name()));
        return new JobWatch(
                config.kafka(),
                config.name(),
                all,
                readings,
                bounded,
                config.alignment().idleAfter());
    }

    private static ServeSources sources(
            PipelineConfig config,
            Sources topics,
            JobWatch watch,
            List<ModelVersion> initialVersions,
            Function<InputTopic, WatermarkStrategy<Inbound>> time) {
        Admission admission =
                new Admission(config.modalities(), config.target().names(), Clock.systemUTC());
        List<ServeSources.Mapped> mapped = new ArrayList<>();
        for (MappedTopic topic : config.mappedTopics()) {
            mapped.add(
                    new ServeSources.Mapped(
                            topic.name(),
                            topics.mapped(topic, admission),
                            time.apply(new InputTopic(topic.name(), topic.hasReadings())),
                            topic.hasReadings(),
                            topic.hasLabels()));
        }
        List<Source<Inbound, ?, ?>> readings = new ArrayList<>();
        if (mapped.isEmpty()) {
            for (Modality modality : config.modalities().all()) {
                readings.add(topics.readings(modality, admission));
            }
        }
        InputTopics inputs = config.inputTopics();
        return new ServeSources(
                readings,
                inputs.hasOwnLabels() ? topics.labels(admission) : null,
                inputs.labels(),
                WatchedSource.of(topics.modelVersions(), watch),
                time.apply(InputTopic.READINGS),
                time.apply(InputTopic.LABELS),
                initialVersions,
                mapped,
                topics.alertActions());
    }

    /** The topics as the serve job's sinks. */
    public static ServeSinks sinks(PipelineConfig config) {
        Sinks topics = new Sinks(config.kafka(), config.name(), config.predictors());
        return new ServeSinks(
                topics.predictions(),
                topics.explanations(),
                topics.alerts(),
                topics.trainingSamples(),
                topics.deadLetters(),
                topics.lateReadings(),
                topics.modelVersions(),
                null);
    }

    /** The topics as the train job's sources, from the committed offsets. */
    public static TrainSources trainSources(PipelineConfig config, boolean bounded) {
        return trainSources(config, bounded, Sources.Start.COMMITTED);
    }

    /**
     * The topics as the train job's sources.
     *
     * @param bounded whether to stop at the ends that the topics have at the start
     * @param start where a job without state starts
     */
    public static TrainSources trainSources(
            PipelineConfig config, boolean bounded, Sources.Start start) {
        Sources topics = new Sources(config.kafka(), trainer(config), bounded, start);
        return new TrainSources(
                topics.trainingSamples(),
                topics.alerts(),
                WatchedSource.of(topics.modelVersions(), trainWatch(config, bounded)),
                topics.pastModelVersions());
    }

    /** What is watched while the train job runs. */
    public static JobWatch trainWatch(PipelineConfig config, boolean bounded) {
        Topics topics = new Topics(config.kafka().prefix());
        return new JobWatch(
                config.kafka(),
                trainer(config),
                List.of(topics.trainingSamples(), topics.alerts()),
                List.of(),
                bounded,
                config.alignment().idleAfter());
    }

    /** The topics as the train job's sinks. */
    public static TrainSinks trainSinks(PipelineConfig config) {
        return new TrainSinks(new Sinks(config.kafka(), trainer(config)).modelVersions());
    }

    /** Separate from the serve job: its own consumer group and transactions. */
    private static String trainer(PipelineConfig config) {
        return config.name() + "-train";
    }
}
