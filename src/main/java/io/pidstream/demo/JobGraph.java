package io.pidstream.demo;

import io.pidstream.config.PipelineConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Adds a job between the topics of a configuration to an environment. */
@FunctionalInterface
public interface JobGraph {
    void define(StreamExecutionEnvironment env, PipelineConfig config);
}
