package io.pidstream.cli;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.TopicKind;
import io.pidstream.kafka.TopicReader;
import io.pidstream.record.Columns;
import io.pidstream.record.RecordJson;
import io.pidstream.record.RecordText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tail}. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the records of a topic as they arrive, until Ctrl-C, as aligned rows or with"
                    + " --json as one JSON object per line.",
            "Requires --config, or --bootstrap-servers and --prefix; with --config, channels and"
                + " targets have names. Rows are rounded and show the main fields; --json has all"
                + " fields."
        },
        footer = {
            "",
            "Example:  pidstream tail predictions --bootstrap-servers localhost:9092 \\",
            "            --prefix air-quality. --asset site-1 --from-beginning --limit 10"
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    /** The header waits for the first records to adapt its width, but no longer than this. */
    private static final Duration HEAD_PATIENCE = Duration.ofSeconds(2);

    @Parameters(index = "0", paramLabel = "TOPIC", description = "One of " + TopicKind.NAMES + ".")
    String topic;

    @Option(names = "--config", paramLabel = "C.yaml", description = "The configuration.")
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the configuration. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Mixin BrokerOptions broker;

    @Option(
            names = "--prefix",
            paramLabel = "prefix",
            description = "Prefix of the topic names, such as air-quality.")
    String prefix;

    @Option(names = "--asset", paramLabel = "A", description = "Only records of this asset.")
    String asset;

    @Option(names = "--from-beginning", description = "Starts with the oldest records.")
    boolean fromBeginning;

    @Option(names = "--limit", paramLabel = "N", description = "Stops after N records.")
    long limit = Long.MAX_VALUE;

    @Option(
            names = "--to-end",
            description = "Stops at the last record that existed when the command started.")
    boolean toEnd;

    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PipelineConfig read = config == null ? null : ConfigFile.read(config, overrides);
        KafkaSettings settings = settings(read);
        List<Modality> modalities = read == null ? List.of() : read.modalities().all();
        List<Modality> predictors = read == null ? List.of() : read.predictors();
        List<String> targets = read == null ? List.of() : read.target().names();
        TopicKind<?> kind =
                TopicKind.of(
                                topic,
                                settings,
                                new RecordText(modalities, targets),
                                RecordJson.ofChannels(predictors))
                        .orElseThrow(
                                () ->
                                        usage(
                                                "%s: expected %s%s",
                                                topic,
                                                TopicKind.NAMES,
                                                WrongUsage.suggestion(topic, TopicKind.names())));
        if (asset != null && !kind.hasAssets()) {
            throw usage("--asset: %s: the records of %s have no asset", asset, topic);
        }
        if (limit < 1) {
            throw usage("--limit: %s: expected at least 1", limit);
        }
        try (TopicReader reader = TopicReader.open(settings, settings.prefix() + topic)) {
            if (fromBeginning) {
                reader.toBeginning();
            }
            print(kind, reader);
        }
        return 0;
    }

    private KafkaSettings settings(PipelineConfig read) {
        if (read == null && (broker.bootstrapServers == null || prefix == null)) {
            throw usage("expected --config, or --bootstrap-servers and --prefix");
        }
        KafkaSettings settings =
                broker.of(
                        read == null
                                ? new KafkaSettings(
                                        broker.bootstrapServers,
                                        prefix,
                                        KafkaSettings.Delivery.EXACTLY_ONCE,
                                        Map.of())
                                : read.kafka());
        return new KafkaSettings(
                settings.bootstrapServers(),
                prefix == null ? settings.prefix() : prefix,
                settings.delivery(),
                settings.encoding(),
                settings.registry(),
                settings.properties());
    }

    private <T extends SpecificRecordBase> void print(TopicKind<T> kind, TopicReader reader) {
        PrintWriter out = spec.commandLine().getOut();
        Columns columns = new Columns(true);
        long printed = 0;
        boolean headed = output.json;
        long headBy = System.nanoTime() + HEAD_PATIENCE.toNanos();
        while (printed < limit) {
            List<T> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                decode(kind, record).ifPresent(records::add);
            }
            boolean end = toEnd && reader.isAtEnd();
            List<T> shown = records.subList(0, (int) Math.min(records.size(), limit - printed));
            if (!output.json) {
                shown.forEach(record -> columns.fit(kind.toCells().apply(record)));
            }
            if (!headed && (!shown.isEmpty() || end || System.nanoTime() > headBy)) {
                out.println(columns.line(kind.header()));
                headed = true;
            }
            shown.forEach(record -> out.println(line(kind, columns, record)));
            out.flush();
            printed += shown.size();
            if (end) {
                return;
            }
        }
    }

    private <T extends SpecificRecordBase> String line(
            TopicKind<T> kind, Columns columns, T record) {
        return output.json
                ? kind.toJson().apply(record)
                : columns.line(kind.toCells().apply(record));
    }

    /** The line to print; empty if there is none. */
    private <T extends SpecificRecordBase> Optional<T> decode(
            TopicKind<T> kind, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            T decoded = kind.codec().decode(record.value());
            boolean other = asset != null && !asset.equals(kind.toAsset().apply(decoded));
            return other ? Optional.empty() : Optional.of(decoded);
        } catch (UndecodableException e) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%s, partition %d, offset %d: %s%n",
                            record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private ParameterException usage(String format, Object... arguments) {
        return new ParameterException(spec.commandLine(), format.formatted(arguments));
    }
}
