package io.pidstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.metric.Metric;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs run, and what their real reporter says is compared with all that is said about it. */
class MonitoringIT {
    private static final String OURS = "_pidstream_";
    private static final String SCORED = Metric.SCORED_PREDICTIONS.prometheus();

    @TempDir private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static int port;
    private static Exposition scraped;

    @BeforeAll
    static void runBothJobs() throws Exception {
        kafka = EmbeddedKafka.start();
        port = PrometheusServer.freePort();
        flink =
                EmbeddedFlink.start(
                        Map.of(
                                "metrics.reporter.prom.factory.class",
                                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                                "metrics.reporter.prom.port",
                                Integer.toString(port),
                                "metrics.reporter.prom.filterLabelValueCharacters",
                                "false"));
        Path file = directory.resolve("config.yaml");
        Files.writeString(file, yaml());
        Path data = directory.resolve("rows.csv");
        Files.writeString(
                data,
                GeneratedStream.HEADER
                        + "\n"
                        + String.join("\n", new GeneratedStream(2, 400).rows())
                        + "\n");
        ok("topics", "create", "--config", file.toString());
        ok("replay", "--config", file.toString(), "--data", data.toString(), "--speed", "max");
        PipelineConfig config =
                ConfigFile.parse(
                        yaml(),
                        "config.yaml",
                        // Assets are fewer than partitions: those without any must not hold time.
                        Map.of("alignment.idle-after", "PT1S", "target.idle-after", "PT1S"));
        StreamExecutionEnvironment serve = flink.environment(JobDefaults.of(config));
        ServeJob.define(
                serve, config, KafkaEndpoints.sources(config), KafkaEndpoints.sinks(config));
        serve.executeAsync("generated serve");
        StreamExecutionEnvironment train = flink.environment(JobDefaults.of(config));
        TrainJob.define(
                train,
                config,
                KafkaEndpoints.trainSources(config, false),
                KafkaEndpoints.trainSinks(config));
        train.executeAsync("generated train");
        Waiting.until(
                "both jobs have worked",
                () -> {
                    scraped = Exposition.scrape(port);
                    return progress();
                },
                progress -> bothJobsHaveWorked());
    }

    private static boolean bothJobsHaveWorked() {
        return value(SCORED) > 400
                && scraped.values().containsKey(Metric.INFORMATION.prometheus())
                && value(Metric.BUFFERED_FRAMES.prometheus()) > 100;
    }

    private static String progress() {
        return ("a decomposition (%s), 400 scored predictions (%s) and 100 training samples (%s);"
                        + " %s dead letters, %s late readings")
                .formatted(
                        value(Metric.INFORMATION.prometheus()),
                        value(SCORED),
                        value(Metric.BUFFERED_FRAMES.prometheus()),
                        value(Metric.DEAD_LETTERS.prometheus()),
                        value(Metric.LATE_READINGS.prometheus()));
    }

    /** NaN where it is not there. */
    private static double value(String metric) {
        return scraped.values().getOrDefault(metric, Double.NaN);
    }

    @AfterAll
    static void stop() throws Exception {
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    /** Without those of topics of others: the demo reads its own. */
    private static Stream<Metric> metrics() {
        return Arrays.stream(Metric.values()).filter(m -> m != Metric.IGNORED_RECORDS);
    }

    @Test
    void exactlyTheMetricsOfTheTableAreRegistered() {
        Set<String> ours =
                scraped.labels().keySet().stream()
                        .filter(name -> name.contains(OURS))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> table =
                metrics().map(Metric::prometheus).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).isEqualTo(table);
        metrics()
                .forEach(
                        metric ->
                                assertThat(scraped.labels().get(metric.prometheus()))
                                        .as(metric.key())
                                        .containsAll(metric.labels()));
    }

    @Test
    void theDashboardAndTheRulesUseOnlyNamesAndLabelsThatAreThere() throws Exception {
        Map<String, String> expressions = new TreeMap<>(dashboard());
        Map<String, Set<String>> known = new TreeMap<>(scraped.labels());
        for (JsonNode rule : rules()) {
            String name = rule.path("record").asText(rule.path("alert").asText());
            expressions.put("rule " + name, rule.get("expr").asText());
            if (rule.has("record")) {
                known.put(name, new TreeSet<>(Query.groupings(rule.get("expr").asText())));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(50);
        expressions.forEach((place, expression) -> check(place, expression, known));
    }

    private static void check(String place, String expression, Map<String, Set<String>> known) {
        Map<String, Set<String>> selectors = Query.selectors(expression);
        if (!expression.contains("up{")) {
            assertThat(selectors).as(place).isNotEmpty();
        }
        Set<String> all = new TreeSet<>();
        selectors.forEach(
                (name, labels) -> {
                    assertThat(known).as(place).containsKey(name);
                    assertThat(known.get(name)).as(place + ": " + name).containsAll(labels);
                    all.addAll(known.get(name));
                });
        assertThat(all).as(place).containsAll(Query.groupings(expression));
    }

    @Test
    void prometheusScrapesItAndAnswersEveryQueryOfTheDashboard() throws Exception {
        assumeTrue(Tool.isInstalled("prometheus"), "prometheus is not installed");
        try (PrometheusServer prometheus =
                PrometheusServer.start(directory.resolve("prometheus"), port)) {
            Waiting.until(
                    "two scrapes",
                    () -> {
                        JsonNode counts =
                                prometheus.query("max(count_over_time(" + SCORED + "[1m]))");
                        return counts != null
                                && !counts.isEmpty()
                                && counts.at("/0/value/1").asDouble() >= 3;
                    });
            assertThat(prometheus.query("up{job=\"pidstream\"} == 1")).hasSize(1);
            List<String> empty = new ArrayList<>();
            for (Map.Entry<String, String> entry : dashboard().entrySet()) {
                String expression =
                        entry.getValue()
                                .replace("$job", ".*")
                                .replace("$scope", ".*")
                                .replace("$__rate_interval", "1m");
                if (prometheus.query(expression).isEmpty()) {
                    empty.add(entry.getKey() + ": " + expression);
                }
            }
            assertThat(empty).as("queries without a result").isEmpty();
            Waiting.until("rules were evaluated", () -> states(prometheus).size() == 1);
            assertThat(states(prometheus)).containsExactly("ok");
            assertThat(prometheus.log()).doesNotContain("uplicate").doesNotContain("level=error");
        }
    }

    private static Set<String> states(PrometheusServer prometheus) throws Exception {
        Set<String> states = new TreeSet<>();
        for (JsonNode group : prometheus.get("rules").at("/data/groups")) {
            group.get("rules").forEach(rule -> states.add(rule.get("health").asText()));
        }
        return states;
    }

    /** Expressions by panel. */
    private static Map<String, String> dashboard() throws Exception {
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(
                                Path.of("deploy/monitoring/grafana/dashboards/pidstream.json")
                                        .toFile());
        Map<String, String> expressions = new TreeMap<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.put(
                        panel.get("title").asText() + " " + target.get("refId").asText(),
                        target.get("expr").asText());
            }
        }
        return expressions;
    }

    private static List<JsonNode> rules() throws Exception {
        List<JsonNode> rules = new ArrayList<>();
        JsonNode file = new YAMLMapper().readTree(Path.of("deploy/monitoring/rules.yml").toFile());
        file.get("groups").forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }

    private static String yaml() {
        return GeneratedStream.CONFIG
                + """
                metrics: {assets: [asset-0]}
                csv:
                  asset: asset
                  time: time
                  time-format: "yyyy-MM-dd HH:mm:ss"
                encoder: {device: cpu}
                kafka: {bootstrap-servers: "%s"}
                flink: {execution.checkpointing.interval: 1 s, execution.checkpointing.dir: "%s"}
                """
                        .formatted(
                                kafka.bootstrapServers(), directory.resolve("checkpoints").toUri());
    }

    private static void ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }
}
