package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Alert;
import io.pidstream.config.ConfigurationException;
import io.pidstream.demo.DemoReport;
import io.pidstream.demo.DemoRun;
import io.pidstream.demo.DemoScenario;
import io.pidstream.demo.JobGraph;
import io.pidstream.live.LiveDisplay;
import io.pidstream.live.LiveModel;
import io.pidstream.live.PlainProgress;
import io.pidstream.live.Rate;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.process.Interrupt;
import io.pidstream.simulate.Injection;
import io.pidstream.simulate.ScenarioEvent;
import io.pidstream.simulate.SimulatedPlant;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs everything in one process: a Kafka broker, the serve and train jobs on a Flink"
                    + " cluster with its dashboard, and a simulated plant.",
            "",
            "Four presses are monitored by thermal, vibration and acoustic sensors. pidstream"
                + " predicts how far the next part deviates from its nominal height, and explains"
                + " which sensors the information comes from. The true decomposition is known for"
                + " comparison. From time to time sensors come loose and are replaced."
        },
        footer = {"", "Example:  pidstream demo --duration PT2M"})
final class DemoCommand implements Callable<Integer> {
    private static final long REDRAW_MILLIS = 250;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);

    @Option(
            names = "--duration",
            paramLabel = "PT2M",
            description = "Run time; without it, the demo runs until Ctrl-C.")
    Duration duration;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the plant; the same seed gives the same values. Default: 7.")
    long seed;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the demo's configuration. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--inject",
            paramLabel = "R1:PT1M[:ramp]",
            description =
                    "Injects a shift into all presses, in this example one minute after the end of"
                            + " the history; see 'simulate --help' for R0 to R5.")
    String inject;

    @Mixin OutputOptions output;
    @Mixin PrometheusOptions prometheus;
    @Spec CommandSpec spec;

    private final JobGraph job;
    private final JobGraph training;
    private final LongSupplier uptimeMillis;

    private volatile String progress = "";
    private double firstPrediction = Double.NaN;

    DemoCommand() {
        this(
                (env, config) ->
                        ServeJob.define(
                                env,
                                config,
                                KafkaEndpoints.sources(config),
                                KafkaEndpoints.sinks(config)),
                (env, config) ->
                        TrainJob.define(
                                env,
                                config,
                                KafkaEndpoints.trainSources(config, false),
                                KafkaEndpoints.trainSinks(config)),
                ManagementFactory.getRuntimeMXBean()::getUptime);
    }

    /**
     * @param job the serve job
     * @param training the train job; null for none
     * @param uptimeMillis time since the start, in milliseconds
     */
    DemoCommand(JobGraph job, JobGraph training, LongSupplier uptimeMillis) {
        this.job = job;
        this.training = training;
        this.uptimeMillis = uptimeMillis;
    }

    @Override
    public Integer call() throws Exception {
        prometheus.flink().forEach((key, value) -> overrides.put("flink." + key, value));
        // Invalid overrides are reported before anything starts.
        requireUsable();
        DemoScenario.config("127.0.0.1:0", overrides);
        Injection injection = injection();
        DemoReport report;
        try (Interrupt interrupt = Interrupt.onCtrlC();
                DemoRun run = new DemoRun(Clock.systemUTC())) {
            run.inject(injection);
            run.fineTune(training);
            CompletableFuture<Void> starting = start(run);
            watch(run, starting, interrupt);
            starting.join();
            run.check();
            report = new DemoReport(run, run.versions(), run.now(), uptime(), firstPrediction);
            print(report);
        }
        return 0;
    }

    private void requireUsable() {
        List<String> problems = new ArrayList<>();
        if (duration != null && (duration.isNegative() || duration.isZero())) {
            problems.add("--duration: %s: expected a time above zero".formatted(duration));
        }
        String broker = overrides.get("kafka.bootstrap-servers");
        if (broker != null) {
            problems.add(
                    "kafka.bootstrap-servers: %s: expected no such key, because the demo has a broker of its own; 'simulate' sends to another"
                            .formatted(broker));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** The injection; null for none. Invalid input fails with what was expected. */
    private Injection injection() {
        if (inject == null) {
            return null;
        }
        try {
            Injection parsed = Injection.parse(inject);
            if (parsed.after() != null) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("--inject: " + e.getMessage()));
        }
        throw new ConfigurationException(
                List.of("--inject: %s: expected a time, such as R1:PT1M".formatted(inject)));
    }

    private CompletableFuture<Void> start(DemoRun run) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        run.start(job, overrides, seed, text -> progress = text);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                });
    }

    private void watch(DemoRun run, CompletableFuture<Void> starting, Interrupt interrupt)
            throws Exception {
        Optional<LiveDisplay> display = output.verbose ? Optional.empty() : LiveDisplay.open();
        PlainProgress plain = new PlainProgress(spec.commandLine().getErr());
        Rate rate = new Rate(RATE_WINDOW);
        try {
            do {
                if (starting.isCompletedExceptionally()) {
                    return;
                }
                run.check();
                LiveModel model = model(run, rate);
                if (display.isPresent()) {
                    display.get().draw(model);
                } else {
                    plain.show(model);
                }
            } while (!isOver() && !interrupt.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            if (display.isPresent()) {
                display.get().close();
            }
        }
    }

    private boolean isOver() {
        return duration != null && uptime() >= duration.toMillis() / 1000.0;
    }

    private double uptime() {
        return uptimeMillis.getAsLong() / 1000.0;
    }

    private LiveModel model(DemoRun run, Rate rate) {
        DemoRun.Started started = run.started();
        double seconds = uptime();
        long predictions = started == null ? 0 : started.feed().predictions();
        rate.add(seconds, predictions);
        if (Double.isNaN(firstPrediction) && predictions > 0) {
            firstPrediction = seconds;
        }
        List<DemoRun.Learned> happened = run.learned();
        boolean waiting = Double.isNaN(firstPrediction);
        Optional<ScenarioEvent> last =
                waiting || happened.isEmpty()
                        ? Optional.empty()
                        : Optional.of(happened.get(happened.size() - 1).event());
        String otherwise = waiting ? progress : "all sensors are intact";
        List<Alert> alerts = started == null ? List.of() : started.feed().alerts();
        Alert alert = alerts.isEmpty() ? null : alerts.get(alerts.size() - 1);
        boolean newer =
                alert != null && (last.isEmpty() || alert.getOpenedAt().isAfter(last.get().time()));
        return new LiveModel(
                "demo",
                SimulatedPlant.target(),
                SimulatedPlant.targetUnit(),
                1,
                started == null ? 0.9 : started.config().learning().interval(),
                SimulatedPlant.modalities().names(),
                started == null ? Map.of() : started.addresses(),
                Duration.ofMillis(Math.round(1000 * seconds)),
                predictions,
                rate.perSecond(),
                rate.still(),
                newer
                        ? "alert: " + alert.getMessage()
                        : last.map(ScenarioEvent::description).orElse(otherwise),
                newer
                        ? Optional.of(Duration.between(alert.getOpenedAt(), run.now()))
                        : last.map(event -> Duration.between(event.time(), run.now())),
                started == null ? Optional.empty() : started.feed().errors().yardsticks().skill(),
                started == null ? 1 : started.feed().contributionScale(),
                started == null ? List.of() : started.feed().panels(truth(run)));
    }

    /** True information of all modalities together, by asset. */
    private static Map<String, Double> truth(DemoRun run) {
        SimulatedPlant plant = run.started().plant();
        Instant now = run.now();
        Map<String, Double> truth = new LinkedHashMap<>();
        for (int a = 0; a < plant.assets().size(); a++) {
            truth.put(
                    plant.assets().get(a),
                    plant.truth(a, now, run.definition()).information().all());
        }
        return truth;
    }

    private void print(DemoReport report) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter text = output.json ? spec.commandLine().getErr() : out;
        report.text().forEach(text::println);
        text.flush();
        if (output.json) {
            out.println(new ObjectMapper().writeValueAsString(report.json()));
        }
        out.flush();
    }
}
