package io.pidstream.cli;

import io.pidstream.pipeline.PipelineConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Adds a job between the topics of a configuration to an environment. */
@FunctionalInterface
interface JobGraph {
    void define(StreamExecutionEnvironment env, PipelineConfig config);
}
