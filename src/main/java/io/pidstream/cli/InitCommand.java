package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.filerun.FrameCounts;
import io.pidstream.filerun.Trial;
import io.pidstream.inspect.Inspection;
import io.pidstream.inspect.Proposal;
import io.pidstream.pipeline.TrainingChoice;
import io.pidstream.report.EvaluationReport;
import io.pidstream.report.InspectionJson;
import io.pidstream.report.InspectionPage;
import io.pidstream.report.InspectionText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Looks at a file, or at a topic in JSON, and writes a configuration that runs, with a"
                    + " comment on every choice, and a report with a picture of every channel.",
            "It finds out how the file is written (compression, encoding, delimiter, decimal mark,"
                + " header), the time, the asset, a target, and groups of channels; what a person"
                + " should know better is asked for in a terminal, with a proposal. At most the"
                + " first 200,000 rows are read. At the end the first 2,000 rows are evaluated.",
            "Of a topic the newest 2,000 records are read, whatever their form: an object, an array"
                + " of records, one value a record, or the envelope of Kafka Connect. At the end"
                + " the configuration that was written maps the same records."
        },
        footer = {
            "",
            "Example:  pidstream init --data D.csv",
            "          pidstream init --data D.csv.gz --target temperature --yes",
            "          pidstream init --topic plant.telemetry --bootstrap-servers localhost:9092",
            "",
            "A target is proposed by its name, or because the others predict it;",
            "you know better what is measured late, rarely or at a cost."
        })
final class InitCommand implements Callable<Integer> {
    private static final int TRIAL_ROWS = 2000;

    @Option(
            names = "--data",
            paramLabel = "D.csv[.gz]",
            description = "The file. What it is compressed by is seen from its first bytes.")
    Path data;

    @Option(names = "--topic", paramLabel = "T", description = "A topic, instead of a file.")
    String topic;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "The target, a column or a field; without it one is proposed.")
    String target;

    @Option(
            names = "--asset",
            paramLabel = "COLUMN",
            description = "Column or field of the asset, or none; without it one is proposed.")
    String asset;

    @Option(
            names = "--output",
            paramLabel = "C.yaml",
            description = "The configuration; default: the name of the data, with .yaml.")
    Path configuration;

    @Option(
            names = "--report",
            paramLabel = "F.html",
            description = "The report; default: the name of the configuration, with .html.")
    Path report;

    @Option(names = "--force", description = "Overwrites the configuration and the report.")
    boolean force;

    @Option(names = "--yes", description = "Asks nothing and takes what is proposed.")
    boolean yes;

    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        TopicToInspect records = source();
        Inspection inspection = records == null ? Inspection.of(data) : records.inspection();
        chooseFiles(inspection.name());
        Proposal proposal = proposal(inspection);
        write(proposal);
        PrintWriter out = spec.commandLine().getOut();
        if (!output.json) {
            out.println(new InspectionText(proposal).render());
            out.println();
            out.println("wrote " + configuration + " and " + report);
            out.flush();
        }
        PipelineConfig read =
                ConfigFile.read(configuration, Map.of(), spec.commandLine().getErr()::println);
        ObjectNode json = output.json ? new InspectionJson(proposal).tree() : null;
        if (records == null) {
            check(trial(proposal, read), json);
        } else {
            records.check(read, configuration, broker, json);
        }
        if (json != null) {
            json.put("configuration", configuration.toString());
            json.put("report", report.toString());
            out.println(json);
        }
        out.flush();
        return 0;
    }

    /** The records of the topic; null if a file is looked at. */
    private TopicToInspect source() throws Exception {
        if ((data == null) == (topic == null)) {
            throw usage("expected --data or --topic");
        }
        if (topic == null) {
            if (broker.bootstrapServers != null || broker.commandConfig != null) {
                throw usage("options of a broker need --topic");
            }
            return null;
        }
        if (broker.bootstrapServers == null) {
            throw usage("--topic: %s: expected --bootstrap-servers beside it".formatted(topic));
        }
        return TopicToInspect.read(topic, broker, spec.commandLine());
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private Proposal proposal(Inspection seen) throws IOException {
        Inspection inspection =
                asset == null ? seen : seen.withAsset(asset.equals("none") ? "" : asset);
        boolean asks = !yes && !output.json && System.console() != null;
        if (!asks) {
            return target == null
                    ? inspection.propose()
                    : inspection.propose(target, "--target says so");
        }
        return ask(inspection, new BufferedReader(System.console().reader()));
    }

    /** Asks for everything that no option says. */
    Proposal ask(Inspection inspection, BufferedReader answers) throws IOException {
        Questions questions = new Questions(answers, spec);
        Inspection chosen = asset == null ? questions.asset(inspection) : inspection;
        Proposal proposal =
                target == null
                        ? questions.target(chosen)
                        : chosen.propose(target, "--target says so");
        return questions.modalities(proposal);
    }

    /** Fills in the names of the files. Nothing is overwritten unless that is asked for. */
    private void chooseFiles(String name) throws IOException {
        if (configuration == null) {
            configuration = Path.of(name + ".yaml");
        }
        if (report == null) {
            String stem = configuration.getFileName().toString().replaceFirst("\\.ya?ml$", "");
            report = configuration.resolveSibling(stem + ".html");
        }
        List<String> problems = new ArrayList<>();
        check("--output", configuration, problems);
        check("--report", report, problems);
        if (report.toAbsolutePath()
                .normalize()
                .equals(configuration.toAbsolutePath().normalize())) {
            problems.add("--report: %s: expected another file than --output".formatted(report));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Not even {@code --force} overwrites the data. */
    private void check(String option, Path file, List<String> problems) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            problems.add("%s: %s: expected a file, not a directory".formatted(option, file));
        } else if (data != null && Files.exists(file) && Files.isSameFile(file, data)) {
            problems.add("%s: %s: expected another file than --data".formatted(option, file));
        } else if (Files.exists(file) && !force) {
            problems.add(
                    "%s: %s: expected a file that does not exist; --force overwrites it"
                            .formatted(option, file));
        } else if (!Files.isDirectory(directory)) {
            problems.add("%s: %s: expected a directory to write to".formatted(option, directory));
        } else {
            DataOptions.whyNotWritable(directory)
                    .ifPresent(
                            why ->
                                    problems.add(
                                            "%s: %s: expected a file that can be written: %s"
                                                    .formatted(option, file, why)));
        }
    }

    private void write(Proposal proposal) throws IOException {
        Files.writeString(configuration, proposal.yaml());
        Files.writeString(report, new InspectionPage(proposal).render());
    }

    private EvaluationReport trial(Proposal proposal, PipelineConfig read) throws Exception {
        Path work = Files.createTempDirectory("pidstream-init");
        try {
            List<Path> head = List.of(proposal.copyHead(work, TRIAL_ROWS));
            try (CsvData rows = DataOptions.open(head, read, spec)) {
                Trial trial = Trial.of(read, rows, work.resolve("run"));
                return new EvaluationReport(
                        read,
                        trial.evaluation(),
                        TrainingChoice.asked(false),
                        FrameCounts.of(trial.counts()),
                        trial.seconds());
            }
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
    }

    /** Prints the trial, or adds it to what is printed as JSON. */
    private void check(EvaluationReport trial, ObjectNode json) throws IOException {
        if (json != null) {
            json.set("evaluation", new ObjectMapper().readTree(trial.json()));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(trial.brief());
        trial.evaluation().deadLetters().lines().stream()
                .limit(3)
                .forEach(spec.commandLine().getErr()::println);
        out.println();
        out.println(
                "next:  pidstream evaluate --config %s --data %s".formatted(configuration, data));
    }
}
