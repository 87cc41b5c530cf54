package io.pidstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.live.LiveFeed;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.testing.Browser;
import io.pidstream.testing.FastClock;
import io.pidstream.testing.FlinkPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class DemoRunIT {
    private static final List<String> PLOTTED =
            List.of(
                    "0.learn_fleet.pidstream.scope.fleet.informationBits",
                    "0.learn_fleet.pidstream.scope.fleet.effectiveSamples",
                    "0.learn_fleet.pidstream.scope.fleet.modality.thermal.contributionShare");

    private static final JobGraph SERVE =
            (env, config) ->
                    ServeJob.define(
                            env,
                            config,
                            KafkaEndpoints.sources(config, false),
                            KafkaEndpoints.sinks(config));
    private static final JobGraph TRAIN =
            (env, config) ->
                    TrainJob.define(
                            env,
                            config,
                            KafkaEndpoints.trainSources(config, false),
                            KafkaEndpoints.trainSinks(config));

    /** As the demo's configuration, but that there is less to wait for. */
    private static final Map<String, String> TRAINED_QUICKLY =
            Map.of(
                    "encoder.training.epochs", "20",
                    "encoder.fine-tuning.interval", "PT15S",
                    "encoder.fine-tuning.sample", "1000",
                    "encoder.trial.longest", "400");

    /** How much faster than its readers' time the plant's time runs. */
    private static final int FASTER = 4;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void oneVersionOfTheEncodersEarnsItsPlaceAndAnotherDoesNot() throws Exception {
        try (DemoRun run = new DemoRun(new FastClock(FASTER))) {
            run.fineTune(TRAIN);
            run.start(SERVE, TRAINED_QUICKLY, 7, text -> {});
            CountDownLatch never = new CountDownLatch(1);
            while (!hasOne(run.versions(), ModelState.REJECTED)
                    || run.versions().stream().noneMatch(DemoRunIT::earnedItsPlace)) {
                run.check();
                assertThat(never.await(500, TimeUnit.MILLISECONDS)).isFalse();
            }

            ModelVersion earned =
                    run.versions().stream().filter(DemoRunIT::earnedItsPlace).findFirst().get();
            Map<String, Double> metrics = earned.getMetrics();
            Double rival =
                    metrics.getOrDefault("activeHoldOutRmse", metrics.get("linearHoldOutRmse"));
            assertThat(metrics.get("holdOutRmse")).isLessThan(rival);
            assertThat(metrics.get("trialMae")).isLessThan(metrics.get("trialIncumbentMae"));
            assertThat(new DemoReport(run, run.versions(), run.now(), 12.5, 9.75).text())
                    .anyMatch(line -> line.matches("Encoder version \\d+ is rejected:.*"));
        }
    }

    private static boolean hasOne(List<ModelVersion> versions, ModelState state) {
        return versions.stream().anyMatch(version -> version.getState() == state);
    }

    /** By a trial, whatever has become of it since. */
    private static boolean earnedItsPlace(ModelVersion version) {
        return version.getState() == ModelState.ACTIVE
                && version.getReason().startsWith("promoted: ");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everythingFlowsThroughKafkaAndFlinkAndIsComparedWithTheTruth() throws Exception {
        try (DemoRun run = new DemoRun(Clock.systemUTC())) {
            run.start(SERVE, Map.of(), 7, text -> {});
            DemoRun.Started started = run.started();
            assertThat(started.addresses())
                    .containsOnlyKeys("Flink dashboard", "explanation page", "Kafka");
            assertThat(get(started.addresses().get("explanation page"))).contains("<html");
            assertThat(get(started.addresses().get("Flink dashboard"))).contains("<html");

            CountDownLatch never = new CountDownLatch(1);
            while (!isComplete(started)) {
                run.check();
                assertThat(never.await(250, TimeUnit.MILLISECONDS)).isFalse();
            }

            JsonNode json =
                    new ObjectMapper()
                            .valueToTree(
                                    new DemoReport(run, run.versions(), run.now(), 12.5, 9.75)
                                            .json());
            List<String> assets = started.plant().assets();
            assertThat(json.path("predictions").asLong()).isPositive();
            assertThat(json.path("framesSent").asLong()).isPositive();
            assertThat(json.path("coverage").asDouble()).isBetween(0.0, 1.0);
            assertThat(json.path("explanation").path("information")).hasSize(7);
            for (String asset : assets) {
                assertThat(json.path("assets").path(asset).path("mae").asDouble()).isPositive();
                assertThat(json.path("truth").path(asset).path("now")).hasSize(7);
                assertThat(json.path("estimate").path(asset).path("now")).hasSize(7);
            }
            assertThat(new DemoReport(run, run.versions(), run.now(), 12.5, 9.75).text())
                    .allMatch(line -> line.length() <= 80)
                    .anyMatch(line -> line.startsWith("press-4"));
            new FlinkPage(URI.create(started.addresses().get("Flink dashboard")))
                    .awaitMetrics("demo serve", "learn fleet", PLOTTED);
        }
    }

    /** What a person sees who plots our metrics in Flink's own dashboard. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(
            named = "pictures",
            matches = "true",
            disabledReason = "drives Flink's own page, for its picture; -Dpictures=true")
    void metricsPlotInFlinksDashboard() throws Exception {
        try (DemoRun run = new DemoRun(Clock.systemUTC());
                Browser browser = new Browser()) {
            run.start(
                    SERVE,
                    Map.of(
                            "flink.web.refresh-interval",
                            "1000",
                            "flink.metrics.fetcher.update-interval",
                            "1000"),
                    7,
                    text -> {});
            URI dashboard = URI.create(run.started().addresses().get("Flink dashboard"));
            browser.size(1600, 900);
            new FlinkPage(dashboard).plot(browser, "demo serve", "learn fleet", PLOTTED);
            // Every second a point.
            assertThat(new CountDownLatch(1).await(20, TimeUnit.SECONDS)).isFalse();
            assertThat(browser.text()).contains(PLOTTED);
            browser.picture("flink", 1600);
        }
    }

    /** Whether every asset has live predictions with labels, and a defined explanation. */
    private static boolean isComplete(DemoRun.Started started) {
        LiveFeed feed = started.feed();
        return feed.explanation(LiveFeed.FLEET) != null
                && started.plant().assets().stream()
                        .allMatch(
                                asset ->
                                        feed.errors(asset).count() > 0
                                                && feed.explanation(asset) != null
                                                && !feed.explanation(asset)
                                                        .getInformation()
                                                        .isEmpty());
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
