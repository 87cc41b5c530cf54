package io.pidstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigFileTest;
import io.pidstream.config.PipelineConfig;
import io.pidstream.train.FineTuneSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TrainJobTest {
    private static final String RESOURCES = "flink.external-resources";

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
    void trainsInASlotOfItsOwn() {
        for (StreamNode node : graph(Map.of()).getStreamNodes()) {
            boolean trains = "fine-tune".equals(node.getTransformationUID());
            assertThat(node.getSlotSharingGroup())
                    .as(node.getOperatorName())
                    .isEqualTo(trains ? "trainer" : "train-endpoints");
            assertThat(node.getParallelism()).as(node.getOperatorName()).isEqualTo(1);
        }
    }

    @Test
    void asksForAGpuWhereFlinkHasThemAndTheDeviceMayBeOne() {
        assertThat(slots("auto", "gpu").trainer().getExternalResources())
                .isEqualTo(Map.of("gpu", 1.0));
        assertThat(slots("gpu:0", "fpga;gpu").trainer().getExternalResources())
                .isEqualTo(Map.of("gpu", 1.0));
        assertThat(slots("auto", "gpu").rest().getCpuCores())
                .as("every group says what it needs")
                .isPresent();
        assertThat(slots("cpu", "gpu").trainer().getExternalResources()).isEmpty();
        assertThat(slots("auto", "none").trainer().getExternalResources()).isEmpty();
    }

    @Test
    void whatTheConfigurationSaysOfFineTuningIsReadAndWrittenBack() {
        PipelineConfig config =
                config(
                        Map.of(
                                "encoder.artefacts", "s3://bucket/models",
                                "encoder.fine-tuning.interval", "PT6H",
                                "encoder.fine-tuning.recent", "100",
                                "encoder.fine-tuning.hold-out", "0.3"));
        assertThat(ConfigFile.parse(ConfigFile.write(config), "c.yaml", Map.of()))
                .isEqualTo(config);
        FineTuneSettings settings = StageSettings.fineTuning(config);
        assertThat(settings.artefacts()).isEqualTo("s3://bucket/models");
        assertThat(settings.interval()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.recent()).isEqualTo(100);
        assertThat(settings.holdOut()).isEqualTo(0.3);
        assertThatThrownBy(
                        () ->
                                config(
                                        Map.of(
                                                "encoder.artefacts", "models",
                                                "encoder.fine-tuning.recent", "1")))
                .hasMessageContaining("encoder.artefacts: models: expected the URI of a directory")
                .hasMessageContaining("encoder.fine-tuning.recent: 1: expected");
    }

    private static TrainSlots slots(String device, String resources) {
        PipelineConfig config = config(Map.of(RESOURCES, resources));
        return TrainSlots.of(device, JobDefaults.of(config));
    }

    private static List<String> golden() throws IOException {
        try (InputStream in =
                TrainJobTest.class.getResourceAsStream("/golden/train-operator-uids.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static StreamGraph graph(Map<String, String> overrides) {
        PipelineConfig config = config(overrides);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(JobDefaults.of(config));
        env.setParallelism(2);
        TrainJob.define(
                env,
                config,
                KafkaEndpoints.trainSources(config, false),
                KafkaEndpoints.trainSinks(config));
        return env.getStreamGraph();
    }

    private static PipelineConfig config(Map<String, String> overrides) {
        return ConfigFile.parse(ConfigFileTest.SMALLEST, "c.yaml", overrides);
    }
}
