package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.Pace;
import io.pidstream.csv.Replay;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.ResumableWriter;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a file to the topics as if live, in the order of time; creates missing"
                    + " topics.",
            "When restarted it resumes where it stopped: it finds the last sent records in the"
                    + " topics, and sends nothing twice."
        },
        footer = {
            "",
            "Example:  pidstream replay --config deploy/examples/air-quality.yaml \\",
            "            --data air-quality.csv.gz --bootstrap-servers localhost:9092 --speed 3600"
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Mixin BrokerOptions broker;

    @Mixin DataOptions data;

    @Option(
            names = "--speed",
            paramLabel = "3600|max",
            defaultValue = "max",
            description =
                    "Speed of event time relative to the wall clock; max, the default, for as fast"
                            + " as the broker accepts it.")
    String speed;

    @Option(
            names = "--restart",
            description = "Sends everything again, even if it was sent before.")
    boolean restart;

    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Pace pace = new Pace(speed());
        PipelineConfig read = config.readForOwnTopics();
        KafkaSettings settings = broker.of(read);
        try (CsvData rows = data.open(read, spec)) {
            replay(rows, read, settings, pace);
        }
        return 0;
    }

    private void replay(CsvData rows, PipelineConfig read, KafkaSettings settings, Pace pace)
            throws Exception {
        createTopics(settings, read);
        Topics topics = new Topics(settings.prefix());
        List<String> names = new ArrayList<>(topics.inputs(read.modalities()));
        names.add(topics.deadLetters());
        long start = System.nanoTime();
        try (ResumableWriter writer =
                new ResumableWriter(settings, rows.name(), names, restart, pace)) {
            Replay replay = new Replay(read, writer);
            try (ProgressBar bar = Progress.bar(spec, rows.rows(), "rows")) {
                replay.send(rows, bar::stepTo);
            }
            report(rows, replay, writer, (System.nanoTime() - start) / 1e9);
        }
    }

    private double speed() {
        if (speed.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double times = Double.parseDouble(speed);
            if (times > 0 && Double.isFinite(times)) {
                return times;
            }
        } catch (NumberFormatException e) {
            throw speedProblem(e);
        }
        throw speedProblem(null);
    }

    private ParameterException speedProblem(Exception cause) {
        return new ParameterException(
                spec.commandLine(),
                "--speed: %s: expected a number above zero, or max".formatted(speed),
                cause);
    }

    private static void createTopics(KafkaSettings settings, PipelineConfig read)
            throws ExecutionException {
        List<String> problems = new ArrayList<>();
        try (TopicAdmin admin = new TopicAdmin(settings, read.modalities())) {
            for (TopicAdmin.Finding finding : admin.create(TopicAdmin.Layout.DEFAULT)) {
                if (finding.state() == TopicAdmin.State.WRONG) {
                    problems.add("topic %s: %s".formatted(finding.topic(), finding.problem()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private void report(CsvData rows, Replay replay, ResumableWriter writer, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(
                    new ObjectMapper()
                            .createObjectNode()
                            .put("file", rows.name())
                            .put("rows", replay.rows())
                            .put("sent", writer.sent())
                            .put("skipped", writer.skipped())
                            .put("deadLetters", replay.deadLetters())
                            .put("seconds", seconds));
        } else {
            out.printf(
                    "%d rows: %d records sent, %d skipped (sent before), %d dead letters%n",
                    replay.rows(), writer.sent(), writer.skipped(), replay.deadLetters());
        }
        out.flush();
    }
}
