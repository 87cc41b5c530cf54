package io.pidstream.registry;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.KafkaUnavailableException;
import io.pidstream.kafka.NewestRecords;
import io.pidstream.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** The topics of alerts and of alert actions, read and written outside a job. */
public final class AlertRegistry {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many of the newest predictions; some of them are marks of transactions. */
    private static final int NEWEST = 400;

    private final KafkaSettings settings;
    private final Topics topics;
    private final String transactionalId;

    /**
     * @param name name of the configuration
     */
    public AlertRegistry(KafkaSettings settings, String name) {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.transactionalId = name + "-alerts";
    }

    /**
     * The content of the topics.
     *
     * @param problems sentences about records that cannot be decoded
     */
    public record Content(AlertLedger ledger, List<String> problems) {}

    public String topic() {
        return topics.alertActions();
    }

    /**
     * Reads both topics up to their current ends.
     *
     * @throws KafkaUnavailableException if no broker answers, or it has no such topic
     */
    public Content read() throws ExecutionException {
        Content content = new Content(new AlertLedger(), new ArrayList<>());
        new RecordTopic<>(Alert.class, settings, topics.alerts())
                .read((alert, from) -> content.ledger().add(alert), content.problems());
        actions().read((action, from) -> content.ledger().add(action), content.problems());
        return content;
    }

    private RecordTopic<AlertAction> actions() {
        return new RecordTopic<>(AlertAction.class, settings, topic());
    }

    /**
     * The event time that the job has reached, from the newest predictions; {@code now} if there
     * are none, or they are ahead of it.
     */
    public Instant reached(Instant now) throws ExecutionException {
        NewestRecords newest = NewestRecords.read(settings, topics.predictions(), NEWEST, PATIENCE);
        return newest.records().stream()
                .map(record -> Instant.ofEpochMilli(record.timestamp()))
                .max(Instant::compareTo)
                .filter(time -> time.isBefore(now))
                .orElse(now);
    }

    /**
     * Writes an action.
     *
     * @throws KafkaUnavailableException if no broker answers, or it refuses
     */
    public void write(AlertAction action) {
        try (Producer<byte[], byte[]> producer = Clients.producer(settings, transactionalId)) {
            producer.initTransactions();
            producer.beginTransaction();
            byte[] key = action.getAsset().getBytes(StandardCharsets.UTF_8);
            actions().send(producer, action.getTime(), key, action);
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw new KafkaUnavailableException(
                    "%s: nothing was written: %s".formatted(topic(), e.getMessage()), e);
        }
    }
}
