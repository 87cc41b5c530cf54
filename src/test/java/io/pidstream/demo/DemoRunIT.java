package io.pidstream.demo;

import static io.pidstream.avro.ModelState.ACTIVE;
import static io.pidstream.avro.ModelState.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.EncoderHash;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Fleet;
import io.pidstream.event.Modality;
import io.pidstream.live.LiveFeed;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.registry.ModelChanges;
import io.pidstream.registry.ModelRegistry;
import io.pidstream.simulate.PlantSettings;
import io.pidstream.testing.Browser;
import io.pidstream.testing.FlinkPage;
import io.pidstream.testing.SteppedClock;
import io.pidstream.testing.Waiting;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionKinds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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
                            KafkaEndpoints.sources(config),
                            KafkaEndpoints.sinks(config));
    private static final JobGraph TRAIN =
            (env, config) ->
                    TrainJob.define(
                            env,
                            config,
                            KafkaEndpoints.trainSources(config, false),
                            KafkaEndpoints.trainSinks(config));

    /**
     * The demo's configuration where time is the plant's alone: nothing is idle, as the wall clock
     * would say that, and training begins after so many labels. A trial may take as long as it
     * needs to tell a better version.
     */
    private static final Map<String, String> BY_THE_PLANTS_TIME =
            Map.of(
                    "alignment.idle-after", "PT1H",
                    "target.idle-after", "PT1H",
                    "encoder.fine-tuning.interval", "PT1H",
                    "encoder.trial.longest", "3000");

    /** The plant's time is past, so that it can be moved as fast as the jobs follow. */
    private static final Duration PAST = Duration.ofMinutes(30);

    private static final Duration STEP = Duration.ofSeconds(10);

    /** The slot of the watermark, and the one that is being sent. */
    private static final int OPEN_SLOTS = 2;

    /** More than enough for two trials. */
    private static final int MOST_STEPS = 90;

    /**
     * Of two candidates one knows nothing and the other was trained on what the plant sent. Neither
     * trial depends on how fast this machine is: the plant's time stands still until both jobs have
     * followed.
     */
    @Test
    void aVersionOfTheEncodersEarnsItsPlaceAndAnotherDoesNot() throws Exception {
        SteppedClock clock = new SteppedClock(Instant.now(Clock.systemUTC()).minus(PAST));
        try (DemoRun run = new DemoRun(clock)) {
            run.fineTune(TRAIN);
            run.start(SERVE, BY_THE_PLANTS_TIME, 7, text -> {});
            announce(ignorant(run.started().config()), run);
            ModelVersion ignorant = decided(1, run, clock);
            ModelVersion trained = decided(2, run, clock);

            assertThat(ignorant.getState()).as(ignorant.getReason()).isEqualTo(REJECTED);
            assertThat(trained.getState()).as(trained.getReason()).isEqualTo(ACTIVE);
            assertThat(trained.getReason()).startsWith("promoted: ");
            Map<String, Double> metrics = trained.getMetrics();
            assertThat(metrics.get("holdOutRmse")).isLessThan(metrics.get("linearHoldOutRmse"));
            assertThat(metrics.get("trialMae")).isLessThan(metrics.get("trialIncumbentMae"));
            assertThat(new DemoReport(run, run.versions(), run.now(), 12.5, 9.75).text())
                    .anyMatch(line -> line.startsWith("Encoder version 1 is rejected: "))
                    .anyMatch(line -> line.startsWith("Encoder version 2 is active: promoted: "));
        }
    }

    /** A network of the demo's sizes that has seen nothing but noise. */
    private static ModelArtefact ignorant(PipelineConfig config) throws Exception {
        PipelineConfig.Encoder encoder = config.encoder();
        List<Modality> modalities = config.modalities().all();
        ModelShape shape =
                new ModelShape(
                        encoder.type(),
                        modalities.stream()
                                .map(
                                        m ->
                                                new ModalityShape(
                                                        m.name(), m.channels(), encoder.latent()))
                                .toList(),
                        config.target().names(),
                        encoder.hidden(),
                        encoder.members());
        Random random = new Random(1);
        TrainingSamples noise = new TrainingSamples();
        boolean[] present = new boolean[modalities.size()];
        Arrays.fill(present, true);
        for (int i = 0; i < 64; i++) {
            double[][] values =
                    modalities.stream()
                            .map(m -> random.doubles(m.channels().size()).toArray())
                            .toArray(double[][]::new);
            noise.add(values, present, new double[] {random.nextDouble()}, i);
        }
        TrainingTask task = new TrainingTask(shape, EncoderHash.of(config), 1, null, null);
        return VersionKinds.of(encoder.type())
                .trainer(encoder.training(), "cpu")
                .train(task, noise, null, epoch -> {}, () -> false)
                .artefact();
    }

    private static void announce(ModelArtefact artefact, DemoRun run) throws Exception {
        PipelineConfig config = run.started().config();
        new ModelRegistry(config.kafka(), config.name())
                .change(
                        (content, next) ->
                                new ModelChanges(content.versions(), next, run.now())
                                        .publish(artefact, null, run.now(), true));
    }

    /** Waits for a version, and moves the plant's time until its trial is over. */
    private static ModelVersion decided(long number, DemoRun run, SteppedClock clock)
            throws Exception {
        ModelVersion version =
                Waiting.until("version " + number, () -> version(run, number), Objects::nonNull);
        int steps = 0;
        while (version.getState() == ModelState.CANDIDATE) {
            assertThat(steps++).as("steps of the plant's time").isLessThan(MOST_STEPS);
            clock.advance(STEP);
            awaitPredictions(run);
            version = version(run, number);
        }
        return version;
    }

    /** Null while there is none. */
    private static ModelVersion version(DemoRun run, long number) throws Exception {
        run.check();
        return run.versions().stream()
                .filter(version -> version.getVersion() == number)
                .findFirst()
                .orElse(null);
    }

    /** For all slots that are closed: labels, which come later than readings, hold time back. */
    private static void awaitPredictions(DemoRun run) {
        DemoRun.Started started = run.started();
        PlantSettings plant = started.plant().settings();
        Duration closed = Duration.between(plant.start(), run.now()).minus(plant.labelDelay());
        long predictions = plant.assets() * (closed.dividedBy(plant.period()) - OPEN_SLOTS);
        Waiting.until(
                predictions + " predictions",
                () -> {
                    run.check();
                    return started.feed().predictions();
                },
                read -> read >= predictions);
    }

    @Test
    void everythingFlowsThroughKafkaAndFlinkAndIsComparedWithTheTruth() throws Exception {
        try (DemoRun run = new DemoRun(Clock.systemUTC())) {
            run.start(SERVE, Map.of(), 7, text -> {});
            DemoRun.Started started = run.started();
            assertThat(started.addresses()).containsOnlyKeys("Flink", "page", "Kafka");
            assertThat(get(started.addresses().get("page"))).contains("<html");
            assertThat(get(started.addresses().get("Flink"))).contains("<html");

            Waiting.until(
                    "labelled predictions and an explanation of every asset",
                    () -> {
                        run.check();
                        return isComplete(started);
                    });

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
            new FlinkPage(URI.create(started.addresses().get("Flink")))
                    .awaitMetrics("demo serve", "learn fleet", PLOTTED);
        }
    }

    /** What a person sees who plots our metrics in Flink's own dashboard. */
    @Test
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
            URI dashboard = URI.create(run.started().addresses().get("Flink"));
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
        return feed.explanation(Fleet.NAME) != null
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
