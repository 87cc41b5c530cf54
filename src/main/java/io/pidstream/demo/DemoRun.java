package io.pidstream.demo;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.dashboard.Dashboard;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.live.LiveFeed;
import io.pidstream.live.OutputReader;
import io.pidstream.pid.PidDefinition;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.registry.ModelRegistry;
import io.pidstream.report.PageSubject;
import io.pidstream.simulate.InjectedSlots;
import io.pidstream.simulate.Injection;
import io.pidstream.simulate.ScenarioEvent;
import io.pidstream.simulate.SimulatedPlant;
import io.pidstream.simulate.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The demo's parts and their threads: a broker, a Flink cluster with the job, the plant that feeds
 * it, and a reader of the output.
 */
public final class DemoRun implements AutoCloseable {
    /**
     * With several partitions, each would hold back event time until one of its few assets has sent
     * data.
     */
    private static final TopicAdmin.Layout LAYOUT =
            new TopicAdmin.Layout(1, Optional.of((short) 1), Optional.of(Duration.ofHours(1)));

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "demo");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final List<CompletableFuture<?>> tasks = new ArrayList<>();
    private final List<Learned> learned = new ArrayList<>();

    private volatile EmbeddedKafka kafka;
    private volatile EmbeddedFlink flink;
    private volatile PlantFeed plantFeed;
    private volatile JobClient client;
    private volatile OutputReader reader;
    private volatile Dashboard page;
    private Injection injection;

    /** The job that fine-tunes; null if there is none. */
    private JobGraph training;

    private volatile JobClient trainingClient;
    private boolean trainingStarted;
    private Instant live;
    private SimulatedPlant plant;
    private LiveFeed feed;
    private volatile Started started;

    /**
     * What the job had learned about an asset at the time of an event.
     *
     * @param explanation the newest explanation of the asset; null if there is none
     */
    public record Learned(ScenarioEvent event, Explanation explanation) {}

    /**
     * The parts, once everything has started.
     *
     * @param live when the history ended and live data began
     */
    public record Started(
            PipelineConfig config,
            SimulatedPlant plant,
            LiveFeed feed,
            Instant live,
            Map<String, String> addresses) {}

    public DemoRun(Clock clock) {
        this.clock = clock;
    }

    /** Injects a shift into the plant's data; its delay counts from the end of the history. */
    public void inject(Injection shift) {
        injection = shift;
    }

    /**
     * Sets a job that is submitted after the first prediction, so that it does not delay
     * predictions.
     */
    public void fineTune(JobGraph job) {
        training = job;
    }

    private Iterator<Slot> slots() {
        if (injection == null) {
            return plant.slots();
        }
        Injection afterHistory =
                new Injection(
                        injection.scenario(),
                        injection.share(),
                        injection.after().plus(DemoScenario.BACKLOG),
                        injection.ramp());
        return new InjectedSlots(plant.slots(), afterHistory, plant.settings().start());
    }

    /**
     * Starts everything; returns when the job is submitted.
     *
     * @param progress gets the current step, as text
     */
    public void start(
            JobGraph job, Map<String, String> overrides, long seed, Consumer<String> progress)
            throws Exception {
        PipelineConfig draft = DemoScenario.config("127.0.0.1:0", overrides);
        progress.accept("starting a Kafka broker and a Flink cluster in this process");
        CompletableFuture<Void> cluster =
                supply(
                        () -> {
                            flink = EmbeddedFlink.start(draft.flink());
                            return null;
                        });
        kafka = EmbeddedKafka.start();
        PipelineConfig config = DemoScenario.config(kafka.bootstrapServers(), overrides);
        try (TopicAdmin admin = new TopicAdmin(config.kafka(), config.modalities())) {
            admin.create(LAYOUT);
        }
        page =
                Dashboard.start(
                        config.kafka(),
                        PageSubject.of(config, SimulatedPlant.targetUnit()),
                        Dashboard.Options.local(0));
        // The plant sends while the cluster still starts.
        play(config, seed);
        cluster.join();
        progress.accept("submitting the job");
        submit(job, config);
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("Flink", flink.dashboard().toString());
        addresses.put("page", page.address().toString());
        addresses.put("Kafka", kafka.bootstrapServers());
        started = new Started(config, plant, feed, live, addresses);
        progress.accept("the plant sends; waiting for the first prediction");
    }

    private void submit(JobGraph job, PipelineConfig config) throws Exception {
        StreamExecutionEnvironment env = flink.environment(JobDefaults.of(config));
        job.define(env, config);
        client = env.executeAsync(config.name() + " serve");
        synchronized (tasks) {
            tasks.add(client.getJobExecutionResult());
        }
    }

    private Void submitTraining() throws Exception {
        PipelineConfig config = started.config();
        StreamExecutionEnvironment env = flink.environment(JobDefaults.of(config));
        training.define(env, config);
        trainingClient = env.executeAsync(config.name() + " train");
        synchronized (tasks) {
            tasks.add(trainingClient.getJobExecutionResult());
        }
        return null;
    }

    /** The newest record of every model version. */
    public List<ModelVersion> versions() throws ExecutionException {
        PipelineConfig config = started.config();
        return List.copyOf(
                new ModelRegistry(config.kafka(), config.name()).read().versions().values());
    }

    private void play(PipelineConfig config, long seed) {
        live = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        plant = DemoScenario.plant(seed, live, config.alignment().period());
        feed = new LiveFeed(plant.assets(), live);
        plantFeed =
                new PlantFeed(
                        slots(),
                        plant.assets().size(),
                        PlantClock.live(clock, plant.settings().start()),
                        config.kafka());
        reader = new OutputReader(config.kafka());
        run(
                () -> {
                    plantFeed.run();
                    return null;
                });
        run(
                () -> {
                    reader.run(feed);
                    return null;
                });
    }

    private void run(Callable<Void> task) {
        CompletableFuture<Void> running = supply(task);
        synchronized (tasks) {
            tasks.add(running);
        }
    }

    private <T> CompletableFuture<T> supply(Callable<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        threads.execute(
                () -> {
                    try {
                        future.complete(task.call());
                    } catch (Throwable e) {
                        // Reported by check().
                        future.completeExceptionally(e);
                    }
                });
        return future;
    }

    /** The parts; null until everything has started. */
    public Started started() {
        return started;
    }

    /**
     * Throws the failure of a part of the demo, if any, and records what the job had learned at
     * each event.
     */
    public void check() {
        synchronized (tasks) {
            for (CompletableFuture<?> task : tasks) {
                if (task.isCompletedExceptionally()) {
                    task.join();
                }
            }
        }
        if (started != null) {
            plantFeed.check();
            if (training != null && !trainingStarted && started.feed().predictions() > 0) {
                trainingStarted = true;
                run(this::submitTraining);
            }
            List<ScenarioEvent> events = started.plant().events(started.live(), clock.instant());
            for (ScenarioEvent event : events.subList(learned.size(), events.size())) {
                learned.add(new Learned(event, started.feed().explanation(event.asset())));
            }
        }
    }

    /** The events so far and what the job had learned at each, in time order. */
    public List<Learned> learned() {
        return List.copyOf(learned);
    }

    public long framesSent() {
        return plantFeed == null ? 0 : plantFeed.frames();
    }

    long labelsSent() {
        return plantFeed == null ? 0 : plantFeed.labels();
    }

    public Instant now() {
        return clock.instant();
    }

    public PidDefinition definition() {
        return started.config().pid().definition();
    }

    /** Stops the parts in the order of data flow. */
    @Override
    public void close() throws Exception {
        if (plantFeed != null) {
            plantFeed.stop();
        }
        if (reader != null) {
            reader.stop();
        }
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "a thread of the demo is still running after " + PATIENCE);
        }
        if (plantFeed != null) {
            plantFeed.close();
        }
        if (reader != null) {
            reader.close();
        }
        if (trainingClient != null) {
            trainingClient.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        if (client != null) {
            client.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        if (page != null) {
            page.close();
        }
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
