package io.pidstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigFileTest;
import io.pidstream.config.PipelineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class ServeJobTest {
    @Test
    void operatorUidsAreThoseOfTheGoldenFile() throws IOException {
        List<String> uids =
                graph(Map.of()).getStreamNodes().stream()
                        .map(node -> node.getTransformationUID() + "  " + node.getOperatorName())
                        .sorted()
                        .toList();
        assertThat(uids)
                .as("a changed uid is lost state: change the golden file only on purpose")
                .isEqualTo(golden());
    }

    @Test
    void everyOperatorHasAUidOfItsOwn() {
        List<String> uids =
                graph(Map.of()).getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .toList();
        assertThat(uids).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void theFleetLevelCanBeSwitchedOff() {
        assertThat(graph(Map.of("learning.levels", "[asset]")).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("learn-asset")
                .doesNotContain("learn-fleet");
    }

    /** Writers encode an explanation once, by its identity, which an exchange would lose. */
    @Test
    void predictionsAreWrittenWhereTheyAreMadeWithoutACopy() {
        Map<String, String> unchained = Map.of("flink.pipeline.operator-chaining.enabled", "false");
        assertThat(isWrittenInTheTaskThatLearns(graph(unchained))).isFalse();
        assertThat(isWrittenInTheTaskThatLearns(graph(Map.of()))).isTrue();
        assertThat(JobDefaults.of(config(Map.of())).get(PipelineOptions.OBJECT_REUSE)).isTrue();
    }

    private static boolean isWrittenInTheTaskThatLearns(StreamGraph graph) {
        List<String> tasks = new ArrayList<>();
        graph.getJobGraph().getVertices().forEach(vertex -> tasks.add(vertex.getName()));
        assertThat(tasks).anyMatch(task -> task.contains("learn asset"));
        return tasks.stream()
                .filter(task -> task.contains("learn asset"))
                .anyMatch(task -> task.contains("write predictions: Writer"));
    }

    @Test
    void whatTheConfigurationSaysOfFlinkGoesBeforeTheDefaults() {
        Configuration flink =
                JobDefaults.of(config(Map.of("flink.execution.checkpointing.interval", "3 s")));
        assertThat(flink.toMap())
                .containsEntry("execution.checkpointing.interval", "3 s")
                .containsEntry("pipeline.generic-types", "false")
                .containsEntry("pipeline.auto-generate-uids", "false")
                .containsEntry("pipeline.max-parallelism", "1024");
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = ServeJobTest.class.getResourceAsStream("/golden/operator-uids.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static StreamGraph graph(Map<String, String> overrides) {
        PipelineConfig config = config(overrides);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobDefaults.of(config));
        ServeJob.define(env, config, KafkaEndpoints.sources(config), KafkaEndpoints.sinks(config));
        return env.getStreamGraph();
    }

    private static PipelineConfig config(Map<String, String> overrides) {
        return ConfigFile.parse(ConfigFileTest.SMALLEST, "c.yaml", overrides);
    }
}
