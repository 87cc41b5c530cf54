package io.pidstream.registry;

import io.pidstream.avro.ModelVersion;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.KafkaUnavailableException;
import io.pidstream.kafka.TopicReader;
import io.pidstream.kafka.Topics;
import io.pidstream.version.VersionNumber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The topic of model versions, read and written outside a job. The newest record of a version,
 * which compaction keeps, has its state.
 */
public final class ModelRegistry {
    private final KafkaSettings settings;
    private final String topic;
    private final String transactionalId;

    /**
     * @param name name of the configuration
     */
    public ModelRegistry(KafkaSettings settings, String name) {
        this.settings = settings;
        this.topic = new Topics(settings.prefix()).modelVersions();
        this.transactionalId = name + "-models";
    }

    /**
     * The content of the topic.
     *
     * @param versions the newest record of every version, by number
     * @param problems sentences about records that are invalid or reuse another version's number
     */
    public record Content(TreeMap<Long, ModelVersion> versions, List<String> problems) {}

    /** Computes the records to write from the present content. */
    @FunctionalInterface
    public interface Change {
        /**
         * May throw an exception to refuse the change.
         *
         * @param next a number that is not in use, not even in an open transaction
         */
        List<ModelVersion> records(Content content, long next);
    }

    public String topic() {
        return topic;
    }

    /**
     * Reads the topic up to its current end.
     *
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public Content read() throws ExecutionException {
        Content content = new Content(new TreeMap<>(), new ArrayList<>());
        versions().read((version, from) -> add(version, from, content), content.problems());
        return content;
    }

    private RecordTopic<ModelVersion> versions() {
        return new RecordTopic<>(ModelVersion.class, settings, topic);
    }

    private static void add(
            ModelVersion version, ConsumerRecord<byte[], byte[]> from, Content content) {
        ModelVersion known = content.versions().get(version.getVersion());
        Optional<String> refusal = VersionNumber.refusal(known, version);
        if (refusal.isPresent()) {
            String why = "version " + version.getVersion() + ": " + refusal.get();
            content.problems().add(RecordTopic.skipped(from, why));
        } else {
            content.versions().put(version.getVersion(), version);
        }
    }

    /** One more than the largest number written, including open transactions; from the keys. */
    private long next() throws ExecutionException {
        long largest = 0;
        try (TopicReader reader = TopicReader.openUncommitted(settings, topic)) {
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(RecordTopic.POLL)) {
                    largest = Math.max(largest, number(record.key()));
                }
            }
        }
        return largest + 1;
    }

    /** The number in a key; 0 if it is not a number, which {@link #read} reports. */
    private static long number(byte[] key) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /**
     * Changes versions: reads the topic and writes the resulting records in one transaction. If
     * another process changes versions at the same time, that one wins and this call fails.
     *
     * @return the records that were written
     * @throws KafkaUnavailableException if no broker answers, there is no such topic, or another
     *     process changed versions at the same time
     */
    public List<ModelVersion> change(Change change) throws ExecutionException {
        // Checked first: without a topic the producer would wait for it and then give a less
        // helpful error.
        try (TopicReader reader = TopicReader.open(settings, topic)) {
            reader.toBeginning();
        }
        try (Producer<byte[], byte[]> producer = Clients.producer(settings, transactionalId)) {
            producer.initTransactions();
            List<ModelVersion> records = change.records(read(), next());
            write(producer, records);
            return records;
        } catch (ProducerFencedException e) {
            throw new KafkaUnavailableException(
                    topic
                            + ": another process changed versions at the same time; nothing was"
                            + " written",
                    e);
        } catch (KafkaException e) {
            throw new KafkaUnavailableException(
                    "%s: nothing was written: %s".formatted(topic, e.getMessage()), e);
        }
    }

    private void write(Producer<byte[], byte[]> producer, List<ModelVersion> records) {
        RecordTopic<ModelVersion> to = versions();
        producer.beginTransaction();
        for (ModelVersion version : records) {
            to.send(producer, version.getEffectiveFrom(), key(version), version);
        }
        producer.commitTransaction();
    }

    static byte[] key(ModelVersion version) {
        return Long.toString(version.getVersion()).getBytes(StandardCharsets.UTF_8);
    }
}
