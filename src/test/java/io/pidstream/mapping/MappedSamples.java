package io.pidstream.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.MappedTopic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the sources of a configuration make of messages in JSON. */
public final class MappedSamples {
    public static final String PLANT =
            """
            name: plant
            modalities:
              - {name: thermal, channels: [inlet, outlet]}
              - {name: flow, channels: [rate]}
            target: {name: purity}
            alignment: {period: PT1M}
            """;

    /** The timestamp of the Kafka record. */
    public static final long WRITTEN = 1_700_000_100_000L;

    private MappedSamples() {}

    /** What came of messages. */
    public record Result(List<Inbound> all, List<Ignored> ignored) {
        public List<Reading> readings() {
            return all.stream().map(Inbound::reading).filter(Objects::nonNull).toList();
        }

        public List<Label> labels() {
            return all.stream().map(Inbound::label).filter(Objects::nonNull).toList();
        }

        /** Details of the dead letters. */
        public List<String> problems() {
            return all.stream()
                    .map(Inbound::deadLetter)
                    .filter(Objects::nonNull)
                    .map(letter -> letter.getDetail())
                    .toList();
        }
    }

    /**
     * Maps messages with the last topic of a configuration.
     *
     * @param messages values in JSON; null for a tombstone
     */
    public static Result map(String yaml, String key, String... messages) {
        PipelineConfig config = ConfigFile.parse(yaml, "c.yaml", Map.of());
        Admission admission =
                new Admission(config.modalities(), config.target().names(), Clock.systemUTC());
        List<MappedTopic> topics = config.mappedTopics();
        MappedTopic topic = topics.get(topics.size() - 1);
        TopicMapper mapper = topic.mapper(admission);
        Result result = new Result(new ArrayList<>(), new ArrayList<>());
        MappingOutput output =
                new MappingOutput() {
                    @Override
                    public void inbound(Inbound inbound) {
                        result.all().add(inbound);
                    }

                    @Override
                    public void ignored(Ignored reason) {
                        result.ignored().add(reason);
                    }
                };
        for (int i = 0; i < messages.length; i++) {
            mapper.map(
                    new Origin(
                            topic.name(),
                            2,
                            i,
                            WRITTEN,
                            key == null ? null : key.getBytes(UTF_8),
                            messages[i] == null ? null : messages[i].getBytes(UTF_8),
                            Map.of()),
                    output);
        }
        return result;
    }
}
