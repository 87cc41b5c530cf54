package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.record.Columns;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics create} and {@code topics check}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates or checks the topics of a pipeline; shows what is in a topic.",
        synopsisSubcommandLabel = "(create | check | sample)",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class, TopicsSample.class},
        footer = {"", "Example:  pidstream topics create --config C.yaml --partitions 8"})
final class TopicsCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "topics: expected create, check or sample");
    }

    /** {@code topics create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates missing topics. Existing topics are checked but not changed.",
            footer = {"", "Example:  pidstream topics create --config C.yaml --replication 3"})
    static final class Create implements Callable<Integer> {
        @Mixin ConfigOptions config;
        @Mixin BrokerOptions broker;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "4",
                description =
                        "Partitions of every topic except model-versions and alert-actions,"
                                + " which have one. Default: ${DEFAULT-VALUE}.")
        int partitions;

        @Option(
                names = "--replication",
                paramLabel = "N",
                description = "Replicas of every topic. Default: the broker's.")
        Short replication;

        @Option(
                names = "--retention",
                paramLabel = "P30D",
                description =
                        "Retention of records, counted from their event time, so a replay of an old"
                                + " file needs a long one. Default: unlimited.")
        Duration retention;

        @Mixin OutputOptions output;
        @Spec CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            atLeastOne("--partitions", partitions);
            atLeastOne("--replication", replication == null ? 1 : replication);
            if (retention != null && (retention.isNegative() || retention.isZero())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--retention: %s: expected a duration above zero".formatted(retention));
            }
            PipelineConfig read = config.read();
            try (TopicAdmin admin = new TopicAdmin(broker.of(read), read.inputTopics())) {
                return print(
                        spec,
                        output.json,
                        admin.create(
                                new TopicAdmin.Layout(
                                        partitions,
                                        Optional.ofNullable(replication),
                                        Optional.ofNullable(retention))));
            }
        }

        private void atLeastOne(String option, int value) {
            if (value < 1) {
                throw new ParameterException(
                        spec.commandLine(), "%s: %d: expected at least 1".formatted(option, value));
            }
        }
    }

    /** {@code topics check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks every topic: ok, missing, or wrong. Exit code 1 unless all are.",
            footer = {"", "Example:  pidstream topics check --config C.yaml --json"})
    static final class Check implements Callable<Integer> {
        @Mixin ConfigOptions config;
        @Mixin BrokerOptions broker;
        @Mixin OutputOptions output;
        @Spec CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            PipelineConfig read = config.read();
            KafkaSettings settings = broker.of(read);
            try (TopicAdmin admin = new TopicAdmin(settings, read.inputTopics())) {
                return print(spec, output.json, admin.check());
            }
        }
    }

    private static int print(CommandSpec spec, boolean json, List<TopicAdmin.Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        boolean good = findings.stream().allMatch(TopicsCommand::isGood);
        if (json) {
            out.println(json(findings, good));
        } else {
            Columns columns = new Columns();
            // The widest cells come first, so that all rows are aligned.
            findings.forEach(finding -> columns.line(cells(finding)));
            out.println(columns.line(List.of("TOPIC", "STATE", "PARTITIONS", "")));
            findings.forEach(finding -> out.println(columns.line(cells(finding))));
        }
        out.flush();
        return good ? 0 : 1;
    }

    private static boolean isGood(TopicAdmin.Finding finding) {
        return finding.state() == TopicAdmin.State.OK
                || finding.state() == TopicAdmin.State.CREATED;
    }

    private static List<String> cells(TopicAdmin.Finding finding) {
        return List.of(
                finding.topic(),
                text(finding.state()),
                finding.partitions() == 0 ? "-" : Integer.toString(finding.partitions()),
                finding.problem());
    }

    private static String json(List<TopicAdmin.Finding> findings, boolean good) {
        ObjectNode root = JSON.createObjectNode().put("ok", good);
        ArrayNode topics = root.putArray("topics");
        for (TopicAdmin.Finding finding : findings) {
            topics.addObject()
                    .put("topic", finding.topic())
                    .put("state", text(finding.state()))
                    .put("partitions", finding.partitions())
                    .put("problem", finding.problem());
        }
        return root.toString();
    }

    private static String text(TopicAdmin.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
