package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.MappedTopic;
import io.pidstream.kafka.TopicSample;
import io.pidstream.mapping.FieldSummaries;
import io.pidstream.record.Columns;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is in a topic: formats, keys, timestamps and fields of its newest records.",
            "With a configuration that has the topic in sources, also what becomes of them."
        },
        footer = {
            "",
            "Example:  pidstream topics sample --topic plant.telemetry \\",
            "              --bootstrap-servers localhost:9092"
        })
final class TopicsSample implements Callable<Integer> {
    private static final int SHOWN_LETTERS = 10;

    @Option(names = "--topic", required = true, paramLabel = "T", description = "The topic.")
    String topic;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most records of each partition. Default: ${DEFAULT-VALUE}.")
    int count;

    @Option(names = "--config", paramLabel = "C.yaml", description = "The configuration.")
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the configuration. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw usage("--count: %d: expected at least 1".formatted(count));
        }
        if (config == null && broker.bootstrapServers == null) {
            throw usage("expected --config or --bootstrap-servers");
        }
        PipelineConfig read = config == null ? null : ConfigFile.read(config, overrides);
        KafkaSettings settings =
                broker.of(
                        read == null
                                ? new KafkaSettings(
                                        broker.bootstrapServers,
                                        "",
                                        KafkaSettings.Delivery.EXACTLY_ONCE,
                                        Map.of())
                                : read.kafka());
        MappedTopic mapped =
                read == null
                        ? null
                        : read.mappedTopics().stream()
                                .filter(each -> each.name().equals(topic))
                                .findFirst()
                                .orElse(null);
        TopicSample sample = TopicSample.read(settings, topic, count, mapped);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json) {
            out.println(json(sample, mapped != null));
        } else {
            print(sample, mapped != null, out);
        }
        out.flush();
        return 0;
    }

    private void print(TopicSample sample, boolean isMapped, PrintWriter out) {
        out.printf(
                "%s: %d partitions, %d records read%n",
                topic, sample.partitions(), sample.records());
        if (sample.records() == 0) {
            return;
        }
        sample.formats().forEach((format, n) -> out.printf("format: %s (%d)%n", format, n));
        out.println("key: " + (sample.keys().isEmpty() ? "none" : joined(sample.keys())));
        out.printf(
                "timestamps: %s to %s%n",
                Instant.ofEpochMilli(sample.first()), Instant.ofEpochMilli(sample.last()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("FIELD", "TYPES", "RECORDS", "RANGE", "EXAMPLES"));
        sample.fields().forEach((path, field) -> rows.add(row(path, field)));
        Columns columns = new Columns();
        rows.forEach(columns::line);
        rows.forEach(row -> out.println(columns.line(row)));
        if (isMapped) {
            printMapping(sample, out);
        }
    }

    private static void printMapping(TopicSample sample, PrintWriter out) {
        out.printf(
                "sources: %d readings, %d labels, %d dead letters%n",
                sample.readings(), sample.labels(), sample.deadLetters().size());
        sample.ignored().forEach((reason, n) -> out.printf("ignored: %s (%d)%n", reason, n));
        List<String> letters = sample.deadLetters();
        letters.stream().limit(SHOWN_LETTERS).forEach(out::println);
        if (letters.size() > SHOWN_LETTERS) {
            out.printf("and %d more%n", letters.size() - SHOWN_LETTERS);
        }
    }

    private static List<String> row(String path, FieldSummaries.Field field) {
        return List.of(
                path,
                String.join("|", field.types()),
                Long.toString(field.records()),
                field.hasRange() ? field.min() + " to " + field.max() : "-",
                joined(field.examples()));
    }

    private static String joined(Iterable<String> texts) {
        return String.join(", ", texts);
    }

    private ObjectNode json(TopicSample sample, boolean isMapped) {
        ObjectNode root =
                new ObjectMapper()
                        .createObjectNode()
                        .put("topic", topic)
                        .put("partitions", sample.partitions())
                        .put("records", sample.records());
        sample.formats().forEach(root.putObject("formats")::put);
        sample.keys().forEach(root.putArray("keys")::add);
        if (sample.records() > 0) {
            root.put("firstTimestamp", Instant.ofEpochMilli(sample.first()).toString());
            root.put("lastTimestamp", Instant.ofEpochMilli(sample.last()).toString());
        }
        ArrayNode fields = root.putArray("fields");
        sample.fields()
                .forEach(
                        (path, field) -> {
                            ObjectNode each = fields.addObject().put("field", path);
                            field.types().forEach(each.putArray("types")::add);
                            each.put("records", field.records());
                            if (field.hasRange()) {
                                each.put("min", field.min()).put("max", field.max());
                            }
                            field.examples().forEach(each.putArray("examples")::add);
                        });
        if (isMapped) {
            ObjectNode mapping =
                    root.putObject("sources")
                            .put("readings", sample.readings())
                            .put("labels", sample.labels());
            sample.ignored().forEach(mapping.putObject("ignored")::put);
            sample.deadLetters().forEach(mapping.putArray("deadLetters")::add);
        }
        return root;
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
