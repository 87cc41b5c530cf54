package io.pidstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pidstream.testing.MarkdownPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files in deploy/monitoring by themselves. */
class PromtoolTest {
    private static final String DIRECTORY = "deploy/monitoring/";
    private static final String DOCS = "{{ $externalLabels.docs }}/";

    @Test
    void theConfigurationAndTheRulesAreValid() throws Exception {
        assertThat(promtool("check", "config", DIRECTORY + "prometheus.yml")).startsWith("0\n");
        assertThat(promtool("check", "rules", DIRECTORY + "rules.yml")).startsWith("0\n");
    }

    @Test
    void rulesFireWhenTheyShouldAndNotOtherwise() throws Exception {
        assertThat(promtool("test", "rules", DIRECTORY + "tests/rules.test.yml")).startsWith("0\n");
    }

    @Test
    void alertmanagerSendsWhatIsCriticalByMailToo() throws Exception {
        assumeTrue(Tool.isInstalled("amtool"), "amtool is not installed");
        String file = DIRECTORY + "alertmanager.yml";
        assertThat(Tool.run(List.of("amtool", "check-config", file))).startsWith("0\n");
        assertThat(route(file, "severity=critical")).startsWith("0\n").endsWith("\non-duty\n");
        assertThat(route(file, "severity=warning")).startsWith("0\n").endsWith("\nchat\n");
    }

    private static String route(String file, String label) throws Exception {
        return Tool.run(
                List.of("amtool", "config", "routes", "test", "--config.file=" + file, label));
    }

    @Test
    void everyAlertHasASeverityAndLeadsToAPlaceInTheDocumentation() throws Exception {
        JsonNode groups =
                new YAMLMapper().readTree(Path.of(DIRECTORY, "rules.yml").toFile()).get("groups");
        int alerts = 0;
        for (JsonNode group : groups) {
            for (JsonNode rule : group.get("rules")) {
                if (rule.has("alert")) {
                    alerts++;
                    check(rule);
                }
            }
        }
        assertThat(alerts).isGreaterThan(10);
    }

    private static void check(JsonNode rule) throws Exception {
        String name = rule.get("alert").asText();
        assertThat(rule.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
        String link = rule.at("/annotations/runbook_url").asText();
        assertThat(link).as(name).startsWith(DOCS);
        String[] place = link.substring(DOCS.length()).split("#", 2);
        Path page = Path.of("src/site/markdown", place[0].replace(".html", ".md"));
        assertThat(page).as(name).exists();
        if (place.length == 2) {
            assertThat(MarkdownPage.read(page).anchors()).as(name).contains(place[1]);
        }
    }

    private static String promtool(String... args) throws Exception {
        assumeTrue(Tool.isInstalled("promtool"), "promtool is not installed");
        List<String> command = new java.util.ArrayList<>(List.of("promtool"));
        command.addAll(List.of(args));
        return Tool.run(command);
    }
}
