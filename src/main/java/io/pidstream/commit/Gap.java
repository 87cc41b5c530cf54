package io.pidstream.commit;

import io.pidstream.commit.CountedCommittable.Written;
import io.pidstream.state.StateRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which output is missing from a topic, and ends the job unless it is to go on without it. */
final class Gap {
    private static final Logger LOG = LoggerFactory.getLogger(Gap.class);

    private final OutputTopic topic;
    private final Coordinator coordinator;

    Gap(OutputTopic topic, Coordinator coordinator) {
        this.topic = topic;
        this.coordinator = coordinator;
    }

    /**
     * Tells of transactions that were aborted although their checkpoints were completed.
     *
     * @throws StateRefusedException if there are any, unless aborted output is skipped
     */
    void tell(List<KafkaCommittable> lost) throws IOException, InterruptedException {
        if (lost.isEmpty()) {
            return;
        }
        long checkpoint =
                lost.stream()
                        .mapToLong(transaction -> checkpointOf(transaction))
                        .min()
                        .orElseThrow();
        String missing =
                "Kafka has aborted %s, written up to checkpoint %d, as it was not committed within transaction.timeout.ms (%d s) or another job of this name runs%s"
                        .formatted(
                                written(lost),
                                checkpoint,
                                timeout().toSeconds(),
                                elsewhere(checkpoint));
        if (topic.aborted() == AbortedOutput.SKIP) {
            LOG.warn("{}; going on without it (kafka.aborted-output: skip).", missing);
            return;
        }
        throw new StateRefusedException(
                "%s. To write it again, start with --from the checkpoint before, chk-%d; to go on without it, set kafka.aborted-output: skip"
                        .formatted(missing, checkpoint - 1));
    }

    /** Tells of transactions of which Kafka no longer knows whether they were committed. */
    void tellUnknown(List<KafkaCommittable> unknown) {
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "Kafka no longer knows whether {} was committed, which was written up to"
                            + " checkpoint {}; it was if the job was stopped with a savepoint.",
                    written(unknown),
                    checkpointOf(unknown.get(0)));
        }
    }

    private static long checkpointOf(KafkaCommittable transaction) {
        return OutputTopic.checkpointOf(transaction.getTransactionalId());
    }

    /** For example: 120 records of plant.predictions from 2026-01-01T00:00:00Z to ... */
    private String written(Collection<KafkaCommittable> transactions) {
        List<Written> known = new ArrayList<>();
        for (KafkaCommittable transaction : transactions) {
            Written written = CountedCommittable.writtenIn(transaction);
            if (written != null) {
                known.add(written);
            }
        }
        if (known.isEmpty()) {
            return "output of " + topic.topic();
        }
        long records = known.stream().mapToLong(Written::records).sum();
        Instant first = known.stream().map(Written::first).min(Instant::compareTo).orElseThrow();
        Instant last = known.stream().map(Written::last).max(Instant::compareTo).orElseThrow();
        return "%d %s of %s from %s to %s"
                .formatted(
                        records, records == 1 ? "record" : "records", topic.topic(), first, last);
    }

    /** The other topics of the job whose output up to the same checkpoint is aborted. */
    private String elsewhere(long checkpoint) throws IOException, InterruptedException {
        String suffix = "-" + checkpoint;
        Set<String> others =
                coordinator.aborted(topic.job() + "-", suffix).stream()
                        .map(
                                id ->
                                        id.substring(
                                                topic.job().length() + 1,
                                                id.length() - suffix.length()))
                        .map(id -> id.substring(0, Math.max(0, id.lastIndexOf('-'))))
                        .filter(other -> !other.isEmpty() && !other.equals(topic.topic()))
                        .collect(Collectors.toCollection(TreeSet::new));
        return others.isEmpty() ? "" : "; also output of " + String.join(", ", others);
    }

    private Duration timeout() {
        return Duration.ofMillis(
                Long.parseLong(
                        topic.client().getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)));
    }
}
