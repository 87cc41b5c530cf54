package io.pidstream.pipeline;

import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.EventFormats;
import io.pidstream.format.Format;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.state.FormatType;
import io.pidstream.train.FineTuneOperatorFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.MultipleInputTransformation;

/**
 * The train job: from labelled frames to candidates for the encoders. It shares nothing with the
 * serve job but topics, so it cannot delay a prediction.
 *
 * <pre>
 * training-samples ────────────┐
 * alerts ──────────────────────┤
 * model-versions ──────────────┼─ fine-tune (slot sharing group trainer, GPU) ── model-versions
 * model-versions, up to now ───┘
 * </pre>
 *
 * The graph is independent of its endpoints: Kafka, files and tests provide their own.
 */
public final class TrainJob {
    private static final TypeInformation<ModelVersion> VERSION =
            FormatType.of(EventFormats.MODEL_VERSION);

    private final StreamExecutionEnvironment env;
    private final PipelineConfig config;
    private final TrainSlots slots;

    private TrainJob(StreamExecutionEnvironment env, PipelineConfig config) {
        this.env = env;
        this.config = config;
        this.slots = TrainSlots.of(config.encoder().device(), env.getConfiguration());
    }

    /** Adds the job's graph to {@code env}. */
    public static void define(
            StreamExecutionEnvironment env,
            PipelineConfig config,
            TrainSources sources,
            TrainSinks sinks) {
        new TrainJob(env, config).define(sources, sinks);
    }

    private void define(TrainSources sources, TrainSinks sinks) {
        JobDefaults.tell(env, config.metrics());
        DataStream<ModelVersion> versions =
                fineTune(
                        read(sources.samples(), "training-samples", EventFormats.TRAINING_SAMPLE),
                        read(sources.alerts(), "alerts", EventFormats.ALERT),
                        read(sources.versions(), "model-versions", EventFormats.MODEL_VERSION),
                        read(
                                sources.pastVersions(),
                                "past-model-versions",
                                EventFormats.MODEL_VERSION));
        versions.sinkTo(sinks.versions())
                .uid("trained-versions")
                .name("write model versions")
                .setParallelism(1)
                .slotSharingGroup(slots.rest());
    }

    private <T> DataStream<T> read(Source<T, ?, ?> source, String name, Format<T> format) {
        return env.fromSource(
                        source,
                        LiveWatermarks.timelessWatermarks(),
                        "read " + name,
                        FormatType.of(format))
                .uid(name)
                .setParallelism(1)
                .slotSharingGroup(slots.rest());
    }

    /** Its inputs must be in the order of their numbers in {@code FineTuneOperator}. */
    private DataStream<ModelVersion> fineTune(
            DataStream<?> samples,
            DataStream<?> alerts,
            DataStream<?> versions,
            DataStream<?> pastVersions) {
        MultipleInputTransformation<ModelVersion> transformation =
                new MultipleInputTransformation<>(
                        "fine-tune encoders",
                        new FineTuneOperatorFactory(StageSettings.fineTuning(config)),
                        VERSION,
                        1);
        transformation
                .addInput(samples.getTransformation())
                .addInput(alerts.getTransformation())
                .addInput(versions.getTransformation())
                .addInput(pastVersions.getTransformation());
        env.addOperator(transformation);
        return new MultipleConnectedStreams(env)
                .transform(transformation)
                .uid("fine-tune")
                .forceNonParallel()
                .slotSharingGroup(slots.trainer());
    }
}
