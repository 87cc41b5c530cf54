package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.demo.DemoReport;
import io.pidstream.demo.DemoScenario;
import io.pidstream.demo.PlantClock;
import io.pidstream.demo.PlantFeed;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.process.Interrupt;
import io.pidstream.simulate.InjectedSlots;
import io.pidstream.simulate.Injection;
import io.pidstream.simulate.PlantSettings;
import io.pidstream.simulate.ScenarioEvent;
import io.pidstream.simulate.SimulatedPlant;
import io.pidstream.simulate.Slot;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Sends the readings of a simulated plant to the topics of a configuration, which"
                    + " are created: presses monitored by thermal, vibration and acoustic sensors,"
                    + " which come loose and are replaced from time to time. The true decomposition"
                    + " is known exactly.",
        footer = {
            "",
            "Example:  pidstream simulate --config deploy/examples/demo.yaml \\",
            "              --bootstrap-servers localhost:9092 --duration PT10M"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 250;

    @Mixin ConfigOptions config;
    @Mixin OutputOptions output;

    @Mixin BrokerOptions broker;

    @Option(
            names = "--duration",
            paramLabel = "PT10M",
            description = "Plant time to send; without it, until Ctrl-C.")
    Duration duration;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "1",
            description =
                    "Speed of plant time relative to the wall clock. The run starts in the past and"
                            + " ends now, so a speed above 1 requires --duration. Default: 1.")
    String speed;

    @Option(names = "--seed", defaultValue = "7", description = "Seed. Default: 7.")
    long seed;

    @Option(names = "--assets", defaultValue = "4", description = "Presses. Default: 4.")
    int assets;

    @Option(
            names = "--label-delay",
            defaultValue = "PT0.5S",
            description = "Delay after its slot until a label becomes known. Default: PT0.5S.")
    Duration labelDelay;

    @Option(
            names = "--missing",
            defaultValue = "0.01",
            description = "Share of incomplete readings. Default: 0.01.")
    double missing;

    @Option(
            names = "--faults",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether sensors come loose from time to time. Default: true.")
    boolean faults;

    @Option(
            names = "--inject",
            paramLabel = "R1:PT2M[:ramp]",
            description = {
                "Injects a shift, in this example after two minutes of plant time, or with R1:0.6"
                        + " after 60 %% of --duration; with :ramp it grows over 500 slots.",
                "R0: nothing. R1: the first modality becomes independent of the target. R2: the"
                    + " second modality gets noise of three standard deviations. R3: the best"
                    + " channel of the first freezes. R4: the best channels of both are swapped."
                    + " R5: all channels of the first are disturbed by one channel of the second."
            })
    String inject;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PipelineConfig read = broker.in(config.readForOwnTopics());
        double factor = check(read);
        Duration period = read.alignment().period();
        PlantClock clock = PlantClock.of(Clock.systemUTC(), factor, duration, period);
        SimulatedPlant plant = new SimulatedPlant(settings(clock.start(), period));
        try (TopicAdmin admin = new TopicAdmin(read.kafka(), read.modalities())) {
            for (TopicAdmin.Finding finding : admin.create(TopicAdmin.Layout.DEFAULT)) {
                if (finding.state() == TopicAdmin.State.WRONG) {
                    throw new IllegalStateException(
                            "topic " + finding.topic() + ": " + finding.problem());
                }
            }
        }
        Iterator<Slot> sent =
                duration == null ? plant.slots() : plant.slots(duration.dividedBy(period));
        Iterator<Slot> slots =
                inject == null
                        ? sent
                        : new InjectedSlots(
                                sent, Injection.parse(inject).during(duration), clock.start());
        try (Interrupt interrupt = Interrupt.onCtrlC();
                PlantFeed feed = new PlantFeed(slots, assets, clock, read.kafka())) {
            Instant begun = Instant.now();
            send(feed, plant, interrupt);
            report(read, plant, feed, Duration.between(begun, Instant.now()));
        }
        return 0;
    }

    /** The speed; fails with all problems of the options. */
    private double check(PipelineConfig read) {
        List<String> problems = new ArrayList<>();
        if (!read.modalities().equals(SimulatedPlant.modalities())) {
            problems.add(
                    "modalities: %s: expected those of the plant, as in deploy/examples/demo.yaml"
                            .formatted(read.modalities().names()));
        }
        double factor = Double.NaN;
        try {
            factor = speed.equals("max") ? Double.POSITIVE_INFINITY : Double.parseDouble(speed);
        } catch (NumberFormatException e) {
            problems.add("--speed: %s: expected a number, or max".formatted(speed));
        }
        if (factor <= 0) {
            problems.add("--speed: %s: expected a number above 0, or max".formatted(speed));
        }
        if (factor > 1 && duration == null) {
            problems.add("--speed: %s: expected --duration with a speed above 1".formatted(speed));
        }
        if (assets < 1 || assets > 10_000) {
            problems.add("--assets: %d: expected 1 to 10000".formatted(assets));
        }
        if (!(missing >= 0 && missing < 1)) {
            problems.add("--missing: %s: expected at least 0 and below 1".formatted(missing));
        }
        if (labelDelay.isNegative() || labelDelay.compareTo(read.target().maxDelay()) > 0) {
            problems.add(
                    "--label-delay: %s: expected at most target.max-delay, %s"
                            .formatted(labelDelay, read.target().maxDelay()));
        }
        if (duration != null && duration.compareTo(read.alignment().period()) < 0) {
            problems.add(
                    "--duration: %s: expected at least alignment.period, %s"
                            .formatted(duration, read.alignment().period()));
        }
        if (inject != null) {
            try {
                if (Injection.parse(inject).after() == null && duration == null) {
                    problems.add(
                            "--inject: %s: expected a time, such as R1:PT2M, or a share together with --duration"
                                    .formatted(inject));
                }
            } catch (IllegalArgumentException e) {
                problems.add("--inject: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return factor;
    }

    private PlantSettings settings(Instant start, Duration period) {
        PlantSettings settings =
                PlantSettings.of(seed, start)
                        .withAssets(assets)
                        .withPeriod(period)
                        .withLabelDelay(labelDelay)
                        .withMissing(missing);
        return faults ? DemoScenario.withFaults(settings, Duration.ZERO) : settings;
    }

    private void send(PlantFeed feed, SimulatedPlant plant, Interrupt interrupt) throws Exception {
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                feed.run();
                            } catch (InterruptedException e) {
                                throw new CompletionException(e);
                            }
                        });
        PrintWriter err = spec.commandLine().getErr();
        Instant from = plant.settings().start();
        long nextReport = System.nanoTime() + REPORT_EVERY.toNanos();
        while (!sending.isDone()) {
            if (interrupt.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                feed.stop();
                break;
            }
            Instant to = feed.time();
            for (ScenarioEvent event : plant.events(from, to)) {
                err.println(event.time() + "  " + event.description());
            }
            from = to;
            if (System.nanoTime() >= nextReport) {
                nextReport += REPORT_EVERY.toNanos();
                err.printf(Locale.ROOT, "%s  %,d frames sent%n", to, feed.frames());
            }
            err.flush();
        }
        sending.join();
        feed.check();
    }

    private void report(PipelineConfig read, SimulatedPlant plant, PlantFeed feed, Duration took)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        double seconds = took.toMillis() / 1000.0;
        if (!output.json) {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d frames and %,d labels sent in %.1f s%n",
                    read.name(),
                    feed.frames(),
                    feed.labels(),
                    seconds);
            return;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", read.name());
        json.put("seconds", seconds);
        json.put("framesSent", feed.frames());
        json.put("labelsSent", feed.labels());
        json.put("from", plant.settings().start().toString());
        json.put("to", feed.time().toString());
        json.put(
                "events",
                plant.events(plant.settings().start(), feed.time()).stream()
                        .map(DemoReport::event)
                        .toList());
        out.println(new ObjectMapper().writeValueAsString(json));
    }
}
