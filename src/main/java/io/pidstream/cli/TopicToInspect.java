package io.pidstream.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.PipelineConfig;
import io.pidstream.inspect.Inspection;
import io.pidstream.inspect.SampledTopic;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.NewestRecords;
import io.pidstream.kafka.TopicSample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;

/** The newest records of a topic, for {@code init}. */
final class TopicToInspect {
    private static final int MOST_RECORDS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN_LETTERS = 3;

    private final KafkaSettings settings;
    private final NewestRecords newest;
    private final CommandLine command;

    private TopicToInspect(KafkaSettings settings, NewestRecords newest, CommandLine command) {
        this.settings = settings;
        this.newest = newest;
        this.command = command;
    }

    static TopicToInspect read(String topic, BrokerOptions broker, CommandLine command)
            throws ExecutionException {
        KafkaSettings settings =
                broker.of(
                        new KafkaSettings(
                                broker.bootstrapServers,
                                "",
                                KafkaSettings.Delivery.EXACTLY_ONCE,
                                Map.of()));
        return new TopicToInspect(
                settings, NewestRecords.read(settings, topic, MOST_RECORDS, PATIENCE), command);
    }

    Inspection inspection() {
        return Inspection.of(
                new SampledTopic(
                        newest.topic(),
                        settings.bootstrapServers(),
                        newest.json(),
                        newest.whole()));
    }

    /**
     * Maps the records by the configuration that was written, and says what became of them.
     *
     * @param json what is printed as JSON; null for text
     */
    void check(PipelineConfig read, Path configuration, BrokerOptions broker, ObjectNode json) {
        TopicSample sample = TopicSample.of(settings, newest, read.mappedTopics().get(0));
        if (json != null) {
            json.putObject("sources")
                    .put("records", sample.records())
                    .put("readings", sample.readings())
                    .put("labels", sample.labels())
                    .put("deadLetters", sample.deadLetters().size());
            return;
        }
        PrintWriter out = command.getOut();
        out.printf(
                "%d records became %d readings, %d labels, %d dead letters%n",
                sample.records(), sample.readings(), sample.labels(), sample.deadLetters().size());
        sample.ignored().forEach((reason, n) -> out.printf("ignored: %s (%d)%n", reason, n));
        sample.deadLetters().stream().limit(SHOWN_LETTERS).forEach(command.getErr()::println);
        String client =
                broker.commandConfig == null ? "" : " --command-config " + broker.commandConfig;
        out.println();
        out.printf("next:  pidstream topics create --config %s%s%n", configuration, client);
        out.printf("       pidstream run serve --config %s --local%s%n", configuration, client);
    }
}
