package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void namesEveryTopicOfAPipelineInputsFirst() {
        Modalities modalities =
                new Modalities(
                        List.of(
                                new Modality("mox", List.of("a")),
                                new Modality("env", List.of("b"))));

        Topics topics = new Topics("air.");
        assertThat(topics.all(InputTopics.of(topics, modalities, List.of())))
                .containsExactly(
                        "air.readings.mox",
                        "air.readings.env",
                        "air.labels",
                        "air.predictions",
                        "air.explanations",
                        "air.alerts",
                        "air.alert-actions",
                        "air.training-samples",
                        "air.model-versions",
                        "air.dead-letters",
                        "air.late-readings");
    }
}
