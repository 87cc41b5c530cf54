package io.pidstream.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.By;

/** Flink's own dashboard in a browser: the metrics of one stage of a job. */
public final class FlinkPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Takes one of the names in the list that is open. Only a part of them is there at a time, so
     * the list is scrolled until it comes.
     */
    private static final String CHOOSE =
            """
            const options = [...document.querySelectorAll('nz-option-item')];
            const option = options.find(each => each.textContent.trim() === %s);
            if (option) {
              option.click();
              return true;
            }
            const list = document.querySelector('cdk-virtual-scroll-viewport');
            if (list) {
              const end = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
              list.scrollTop = end ? 0 : list.scrollTop + 100;
            }
            return false;
            """;

    private final URI dashboard;

    public FlinkPage(URI dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * Draws a chart for each metric.
     *
     * @param job name of the job
     * @param stage a part of the name of a vertex
     * @param metrics as Flink calls them, with the subtask before the name
     */
    public void plot(Browser browser, String job, String stage, List<String> metrics)
            throws Exception {
        // The page asks only once which there are.
        awaitMetrics(job, stage, metrics);
        String id = id(job);
        browser.driver()
                .get(
                        "%s/#/job/running/%s/overview/%s/metrics"
                                .formatted(dashboard, id, vertex(id, stage)));
        for (String metric : metrics) {
            browser.await("return document.querySelector('nz-select') !== null");
            browser.driver().findElement(By.cssSelector("nz-select")).click();
            browser.await(CHOOSE.formatted(JSON.writeValueAsString(metric)));
        }
        browser.await(
                "return document.querySelectorAll('flink-job-chart canvas').length === "
                        + metrics.size());
    }

    /** Waits until the page would show each metric as a number; Flink fetches what is asked for. */
    public void awaitMetrics(String job, String stage, List<String> metrics) throws Exception {
        String id = id(job);
        String path = "/jobs/%s/vertices/%s/metrics".formatted(id, vertex(id, stage));
        String values = path + "?get=" + String.join(",", metrics);
        Waiting.until(
                "numbers of " + metrics,
                () ->
                        get(path).findValuesAsText("id").containsAll(metrics)
                                && get(values).findValuesAsText("value").stream()
                                                .filter(value -> value.matches("-?[0-9].*"))
                                                .count()
                                        == metrics.size());
    }

    private String id(String job) throws IOException {
        return find(get("/jobs/overview").path("jobs"), job).path("jid").asText();
    }

    private String vertex(String id, String stage) throws IOException {
        return find(get("/jobs/" + id).path("vertices"), stage).path("id").asText();
    }

    private JsonNode get(String path) throws IOException {
        return JSON.readTree(dashboard.resolve(path).toURL());
    }

    private static JsonNode find(JsonNode all, String name) {
        for (JsonNode each : all) {
            if (each.path("name").asText().contains(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no " + name + " in " + all);
    }
}
