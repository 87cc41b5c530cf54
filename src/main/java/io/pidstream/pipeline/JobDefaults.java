package io.pidstream.pipeline;

import io.pidstream.config.PipelineConfig;
import io.pidstream.metric.MetricSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink settings of the jobs; whatever the configuration's {@code flink} says goes before them. */
public final class JobDefaults {
    /** The most subtasks that a job's state can ever be spread over. */
    public static final int MAX_PARALLELISM = 128;

    private JobDefaults() {}

    /** The defaults, overridden by the configuration. */
    public static Configuration of(PipelineConfig config) {
        return of(config, new Configuration());
    }

    /** The defaults, overridden by the cluster's settings, overridden by the configuration. */
    public static Configuration of(PipelineConfig config, Configuration cluster) {
        Configuration defaults = new Configuration();
        defaults.set(PipelineOptions.NAME, config.name() + " serve");
        defaults.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        // Every operator has a uid of its own, and every type a serializer of its own.
        defaults.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        defaults.set(PipelineOptions.GENERIC_TYPES, false);
        // Safe because no record is changed after it has been handed on.
        defaults.set(PipelineOptions.OBJECT_REUSE, true);
        defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        defaults.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        defaults.addAll(cluster);
        config.flink().forEach(defaults::setString);
        return defaults;
    }

    /** Puts what operators ask for while they run into the job's parameters. */
    static void tell(StreamExecutionEnvironment env, MetricSettings metrics) {
        Map<String, String> parameters =
                new HashMap<>(env.getConfig().getGlobalJobParameters().toMap());
        parameters.putAll(metrics.asJobParameters());
        env.getConfig().setGlobalJobParameters(new Parameters(parameters));
    }

    private static final class Parameters extends ExecutionConfig.GlobalJobParameters {
        private static final long serialVersionUID = 1;

        private final HashMap<String, String> values;

        Parameters(Map<String, String> values) {
            this.values = new HashMap<>(values);
        }

        @Override
        public Map<String, String> toMap() {
            return values;
        }
    }
}
