package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.format.UndecodableException;
import io.pidstream.mapping.FieldSummaries;
import io.pidstream.mapping.Ignored;
import io.pidstream.mapping.MappingOutput;
import io.pidstream.mapping.MessageDecoder;
import io.pidstream.mapping.TopicMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest records of a topic: their formats and fields, and what a mapping makes of them. */
public final class TopicSample {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_EXAMPLES = 3;
    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};

    private final Map<String, Integer> formats = new TreeMap<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final FieldSummaries fields = new FieldSummaries();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final MessageDecoder avro;
    private int partitions;
    private int records;
    private int readings;
    private int labels;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private TopicSample(KafkaSettings settings) {
        this.avro = settings.registry() == null ? null : new AvroMessages(settings.registry());
    }

    /**
     * @param count most records, of each partition
     * @param mapped what the topic is in the configuration; null if it is not in it
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public static TopicSample read(
            KafkaSettings settings, String topic, int count, MappedTopic mapped)
            throws ExecutionException {
        TopicSample sample = new TopicSample(settings);
        TopicMapper mapper = mapped == null ? null : mapper(mapped);
        try (TopicReader reader = TopicReader.open(settings, topic)) {
            sample.partitions = reader.partitionCount();
            reader.back(count);
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    sample.add(record, mapper);
                }
            }
        }
        return sample;
    }

    /** What a mapping makes of records that were read. */
    public static TopicSample of(KafkaSettings settings, NewestRecords newest, MappedTopic mapped) {
        TopicSample sample = new TopicSample(settings);
        sample.partitions = newest.partitions();
        TopicMapper mapper = mapper(mapped);
        newest.records().forEach(record -> sample.add(record, mapper));
        return sample;
    }

    private static TopicMapper mapper(MappedTopic mapped) {
        return mapped.mapper(
                new Admission(mapped.modalities(), mapped.targets(), Clock.systemUTC()));
    }

    private void add(ConsumerRecord<byte[], byte[]> record, TopicMapper mapper) {
        add(record);
        if (mapper != null) {
            mapper.map(InboundDeserializer.origin(record), new Output());
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        records++;
        first = Math.min(first, record.timestamp());
        last = Math.max(last, record.timestamp());
        if (record.key() != null && keys.size() < MOST_EXAMPLES) {
            keys.add(text(record.key()));
        }
        formats.merge(format(record.value()), 1, Integer::sum);
    }

    private String format(byte[] value) {
        if (value == null) {
            return "none (tombstone)";
        }
        if (value.length > 5 && value[0] == 0) {
            return framed(value);
        }
        if (value.length > 10 && value[0] == SINGLE_OBJECT[0] && value[1] == SINGLE_OBJECT[1]) {
            return "avro, single object";
        }
        try {
            JsonNode json = MessageDecoder.JSON.decode(value);
            fields.add(json);
            return json.isContainerNode() ? "json" : "text";
        } catch (UndecodableException e) {
            return isText(value) ? "text" : "bytes";
        }
    }

    private String framed(byte[] value) {
        String name = "avro, schema %d of a registry".formatted(ByteBuffer.wrap(value).getInt(1));
        if (avro != null) {
            try {
                fields.add(avro.decode(value));
            } catch (UndecodableException e) {
                return name + ": " + e.getMessage();
            }
        }
        return name;
    }

    private static boolean isText(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String text(byte[] key) {
        return isText(key)
                ? new String(key, StandardCharsets.UTF_8)
                : "%d bytes".formatted(key.length);
    }

    private final class Output implements MappingOutput {
        @Override
        public void inbound(Inbound inbound) {
            if (inbound.deadLetter() != null) {
                deadLetters.add(inbound.deadLetter().getDetail());
            } else if (inbound.reading() != null) {
                readings++;
            } else {
                labels++;
            }
        }

        @Override
        public void ignored(Ignored reason) {
            ignored.merge(reason.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
    }

    /** Number of partitions of the topic. */
    public int partitions() {
        return partitions;
    }

    /** Number of records that were read. */
    public int records() {
        return records;
    }

    /** How many records have which format. */
    public Map<String, Integer> formats() {
        return formats;
    }

    /** Some keys. */
    public Set<String> keys() {
        return keys;
    }

    /** The oldest timestamp, milliseconds since 1970. */
    public long first() {
        return first;
    }

    /** The newest timestamp, milliseconds since 1970. */
    public long last() {
        return last;
    }

    public Map<String, FieldSummaries.Field> fields() {
        return fields.fields();
    }

    /** Number of readings that the mapping makes. */
    public int readings() {
        return readings;
    }

    /** Number of labels that the mapping makes. */
    public int labels() {
        return labels;
    }

    /** What the mapping ignores, by reason. */
    public Map<String, Integer> ignored() {
        return ignored;
    }

    /** What does not fit the mapping. */
    public List<String> deadLetters() {
        return deadLetters;
    }
}
