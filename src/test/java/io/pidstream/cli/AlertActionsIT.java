package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job honours what is written by the commands. */
class AlertActionsIT {
    private static final int SLOTS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;
    private String config;

    @Test
    void whatIsShelvedIsSilentAndAnUnknownAlertIsADeadLetter() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            config =
                    Files.writeString(
                                    directory.resolve("c.yaml"),
                                    GeneratedStream.CONFIG
                                            + "kafka: {bootstrap-servers: \"%s\"}\n"
                                                    .formatted(kafka.bootstrapServers()))
                            .toString();
            Path data = GeneratedStream.write(directory.resolve("d.csv"), rows());
            ok("topics", "create", "--partitions", "1");
            ok("replay", "--data", data.toString());

            ok("run", "serve", "--local", "--bounded");
            List<JsonNode> told = tail("alerts");
            assertThat(told)
                    .extracting(AlertActionsIT::text)
                    .contains("asset-0 OPEN", "asset-0 RESOLVED", "asset-1 OPEN");
            String shelved = id(told, "asset-0 OPEN");
            String kept = id(told, "asset-1 OPEN");

            String from = "2021-03-01T00:00:00Z";
            ok("alerts", "shelve", shelved, "--at", from, "--for", "20d");
            ok("alerts", "outcome", kept, "false", "--at", from);
            ok("run", "serve", "--local", "--bounded", "--from", "earliest");

            List<JsonNode> again = tail("alerts");
            assertThat(again.subList(told.size(), again.size()))
                    .isNotEmpty()
                    .isEqualTo(told.stream().filter(a -> !id(a).equals(shelved)).toList());
            assertThat(tail("dead-letters"))
                    .as("the outcome is written for a time before the alert opened")
                    .extracting(letter -> letter.get("detail").asText())
                    .containsExactly(
                            "OUTCOME %s: expected the id of an alert that is open, or one of the 256 that were over last"
                                    .formatted(kept));
        }
    }

    /** The second modality of the first asset is away for a while, that of the other for good. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>(new GeneratedStream(2, SLOTS).rows());
        for (int i = 0; i < rows.size(); i++) {
            int slot = i / 2;
            boolean away = i % 2 == 0 ? slot >= 30 && slot < 65 : slot >= 50;
            if (away) {
                String[] cells = rows.get(i).split(",", -1);
                cells[4] = "";
                rows.set(i, String.join(",", cells));
            }
        }
        return rows;
    }

    private static String text(JsonNode alert) {
        return alert.get("asset").asText() + " " + alert.get("state").asText();
    }

    private static String id(JsonNode alert) {
        return alert.get("id").asText();
    }

    private static String id(List<JsonNode> alerts, String text) {
        return alerts.stream().filter(a -> text(a).equals(text)).findFirst().map(a -> id(a)).get();
    }

    private List<JsonNode> tail(String topic) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        String out = ok("tail", topic, "--json", "--from-beginning", "--to-end").out();
        for (String line : out.lines().toList()) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    private CommandRun ok(String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--config";
        all[words.length + 1] = config;
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }
}
