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

/** Flink settings of the jobs; the configuration's {@code flink} overrides them. */
public final class JobDefaults {
    /**
     * Upper bound of the parallelism over the life of a new job: its state has this many key groups
     * for good.
     */
    public static final int MAX_PARALLELISM = 1024;

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
        // Every operator has its own uid, and every type its own serializer.
        defaults.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        defaults.set(PipelineOptions.GENERIC_TYPES, false);
        // Safe because no record is changed after it has been emitted.
        defaults.set(PipelineOptions.OBJECT_REUSE, true);
        defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        defaults.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // If Kafka has aborted output of the last one, the one before writes it again.
        defaults.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        defaults.addAll(cluster);
        config.flink().forEach(defaults::setString);
        return defaults;
    }

    /** Adds what operators look up at run time to the parameters of the job. */
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
