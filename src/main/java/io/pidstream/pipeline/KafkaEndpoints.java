package io.pidstream.pipeline;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.kafka.InputTopics;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.kafka.MappedTopic;
import io.pidstream.kafka.Sinks;
import io.pidstream.kafka.Sources;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;

/** The topics of a configuration as the sources and sinks of the jobs. */
public final class KafkaEndpoints {
    private KafkaEndpoints() {}

    /**
     * The topics as the serve job's sources.
     *
     * @param bounded whether to stop at the ends that the topics have at the start; without idle
     *     timeouts then, so that the output does not depend on how fast the backlog was read
     */
    public static ServeSources sources(PipelineConfig config, boolean bounded) {
        return sources(config, bounded, List.of());
    }

    /**
     * The topics as the serve job's sources.
     *
     * @param bounded whether to stop at the ends that the topics have at the start
     * @param initialVersions model versions that are known before the first frame
     */
    public static ServeSources sources(
            PipelineConfig config, boolean bounded, List<ModelVersion> initialVersions) {
        Sources topics = new Sources(config.kafka(), config.name(), bounded);
        Clock clock = Clock.systemUTC();
        Admission admission = new Admission(config.modalities(), config.target().names(), clock);
        List<ServeSources.Mapped> mapped = mapped(config, topics, admission, bounded);
        List<Source<Inbound, ?, ?>> readings = new ArrayList<>();
        if (mapped.isEmpty()) {
            for (Modality modality : config.modalities().all()) {
                readings.add(topics.readings(modality.name(), admission));
            }
        }
        InputTopics inputs = config.inputTopics();
        return new ServeSources(
                readings,
                inputs.hasOwnLabels() ? topics.labels(admission) : null,
                List.of(inputs.labels()),
                topics.modelVersions(),
                readingTime(config, bounded, clock),
                labelTime(config, bounded, clock),
                initialVersions,
                mapped);
    }

    private static List<ServeSources.Mapped> mapped(
            PipelineConfig config, Sources topics, Admission admission, boolean bounded) {
        Clock clock = Clock.systemUTC();
        List<ServeSources.Mapped> mapped = new ArrayList<>();
        for (MappedTopic topic : config.mappedTopics()) {
            mapped.add(
                    new ServeSources.Mapped(
                            topic.name(),
                            topics.mapped(topic, admission),
                            topic.hasReadings()
                                    ? readingTime(config, bounded, clock)
                                    : labelTime(config, bounded, clock),
                            topic.hasReadings(),
                            topic.hasLabels()));
        }
        return mapped;
    }

    private static WatermarkStrategy<Inbound> readingTime(
            PipelineConfig config, boolean bounded, Clock clock) {
        PipelineConfig.Alignment alignment = config.alignment();
        return bounded
                ? LiveWatermarks.backlogWatermarks(alignment.maxOutOfOrderness())
                : LiveWatermarks.ofReadings(
                        alignment.maxOutOfOrderness(),
                        alignment.idleAfter(),
                        alignment.period(),
                        clock);
    }

    private static WatermarkStrategy<Inbound> labelTime(
            PipelineConfig config, boolean bounded, Clock clock) {
        return bounded
                ? LiveWatermarks.backlogWatermarks(config.alignment().maxOutOfOrderness())
                : LiveWatermarks.ofLabels(config.target().idleAfter(), clock);
    }

    /** The topics as the serve job's sinks. */
    public static ServeSinks sinks(PipelineConfig config) {
        Sinks topics = new Sinks(config.kafka(), config.name());
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

    /**
     * The topics as the train job's sources.
     *
     * @param bounded whether to stop at the ends that the topics have at the start
     */
    public static TrainSources trainSources(PipelineConfig config, boolean bounded) {
        Sources topics = new Sources(config.kafka(), trainer(config), bounded);
        return new TrainSources(
                topics.trainingSamples(),
                topics.alerts(),
                topics.modelVersions(),
                topics.pastModelVersions());
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
