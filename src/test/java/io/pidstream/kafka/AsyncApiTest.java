package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document of the topics says what the code does. */
class AsyncApiTest {
    private static final String DIRECTORY = "avro-schemas/";
    private static final Topics TOPICS = new Topics("p.");

    private static final Map<String, Schema> WRITTEN =
            Map.ofEntries(
                    Map.entry(TOPICS.readings("m"), Reading.getClassSchema()),
                    Map.entry(TOPICS.labels(), Label.getClassSchema()),
                    Map.entry(TOPICS.predictions(), Prediction.getClassSchema()),
                    Map.entry(TOPICS.explanations(), Explanation.getClassSchema()),
                    Map.entry(TOPICS.alerts(), Alert.getClassSchema()),
                    Map.entry(TOPICS.alertActions(), AlertAction.getClassSchema()),
                    Map.entry(TOPICS.trainingSamples(), TrainingSample.getClassSchema()),
                    Map.entry(TOPICS.modelVersions(), ModelVersion.getClassSchema()),
                    Map.entry(TOPICS.deadLetters(), DeadLetter.getClassSchema()),
                    Map.entry(TOPICS.lateReadings(), Reading.getClassSchema()));

    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        document = new YAMLMapper().readTree(new File(DIRECTORY + "asyncapi.yaml"));
    }

    @Test
    void itsChannelsAreTheTopics() {
        List<String> addresses = new ArrayList<>();
        document.get("channels").forEach(channel -> addresses.add(address(channel)));
        Modalities modalities = new Modalities(List.of(new Modality("m", List.of("c"))));
        assertThat(addresses)
                .containsExactlyElementsOf(
                        TOPICS.all(InputTopics.of(TOPICS, modalities, List.of())));
        assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
    }

    @Test
    void itsMessagesAreTheSchemasThatRecordsAreWrittenWith() throws Exception {
        for (JsonNode channel : document.get("channels")) {
            JsonNode message = resolve(channel.get("messages").elements().next());
            Schema written = WRITTEN.get(address(channel));
            String file = message.at("/payload/schema/$ref").asText();
            assertThat(message.get("name").asText()).isEqualTo(written.getName());
            assertThat(file).isEqualTo("./" + written.getName() + ".avsc");
            JsonNode schema = new ObjectMapper().readTree(new File(DIRECTORY + file));
            List<String> fields = new ArrayList<>();
            for (JsonNode field : schema.get("fields")) {
                fields.add(field.get("name").asText());
                assertThat(field.path("doc").asText()).as(field.toString()).isNotBlank();
            }
            assertThat(written.getFields().stream().map(Schema.Field::name)).isEqualTo(fields);
            assertThat(message.at("/bindings/kafka/key/description").asText()).endsWith("UTF-8.");
        }
    }

    @Test
    void itsOperationsAreThoseOfTheJobs() {
        Map<String, List<String>> actions = new TreeMap<>();
        for (JsonNode operation : document.get("operations")) {
            actions.computeIfAbsent(operation.get("action").asText(), a -> new ArrayList<>())
                    .add(address(resolve(operation.get("channel"))));
        }
        assertThat(actions.get("send")).containsExactlyInAnyOrderElementsOf(TOPICS.outputs());
        assertThat(actions.get("receive"))
                .containsExactlyInAnyOrder(
                        TOPICS.readings("m"),
                        TOPICS.labels(),
                        TOPICS.alerts(),
                        TOPICS.alertActions(),
                        TOPICS.trainingSamples(),
                        TOPICS.modelVersions());
    }

    @Test
    void itsHeadersAreThoseOfReplay() {
        for (String message : List.of("reading", "label")) {
            JsonNode headers =
                    document.at("/components/messages/" + message + "/headers/properties");
            assertThat(headers.fieldNames())
                    .toIterable()
                    .containsExactly(ResumableWriter.FILE_HEADER, ResumableWriter.NUMBER_HEADER);
        }
    }

    private static String address(JsonNode channel) {
        return channel.get("address")
                .asText()
                .replace("{prefix}", TOPICS.prefix())
                .replace("{modality}", "m");
    }

    private static JsonNode resolve(JsonNode reference) {
        JsonNode found = document.at(reference.get("$ref").asText().substring(1));
        assertThat(found.isMissingNode()).as(reference.toString()).isFalse();
        return found;
    }
}
