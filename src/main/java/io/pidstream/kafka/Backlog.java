package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modality;
import io.pidstream.mapping.Ignored;
import io.pidstream.mapping.MappingOutput;
import io.pidstream.mapping.TopicMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks through the backlog of a topic before a bounded job reads it: how far event time steps back
 * within a partition. With watermarks that trail by that much nothing is late, however fast
 * partitions are read, even if a partition holds assets one after the other; and no more waits in
 * state than must.
 */
public final class Backlog {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final Topics topics;
    private final Admission admission;

    /**
     * @param settings connection to Kafka
     * @param admission as in the job: a record that is refused has no time
     */
    public Backlog(KafkaSettings settings, Admission admission) {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.admission = admission;
    }

    /** Readings of one modality in pidstream's own topic. */
    public Duration stepBackOfReadings(Modality modality) throws ExecutionException {
        String topic = topics.readings(modality.name());
        ValueCodec<Reading> codec =
                ValueCodec.of(Reading.class, settings, topic, List.of(modality));
        return stepBack(
                topic,
                new InboundDeserializer<>(
                                codec,
                                (reading, origin) ->
                                        admission.admit(reading, modality.name(), origin))
                        ::pass);
    }

    /** Labels in pidstream's own topic. */
    public Duration stepBackOfLabels() throws ExecutionException {
        ValueCodec<Label> codec = ValueCodec.of(Label.class, settings, topics.labels());
        return stepBack(topics.labels(), new InboundDeserializer<>(codec, admission::admit)::pass);
    }

    /** A topic of others; if it has readings, the times of labels among them do not count. */
    public Duration stepBack(MappedTopic topic) throws ExecutionException {
        TopicMapper mapper = topic.mapper(admission);
        boolean onlyReadings = topic.hasReadings();
        return stepBack(
                topic.name(),
                (record, out) ->
                        mapper.map(
                                InboundDeserializer.origin(record),
                                new MappingOutput() {
                                    @Override
                                    public void inbound(Inbound inbound) {
                                        if (!onlyReadings || inbound.placed() == null) {
                                            out.accept(inbound);
                                        }
                                    }

                                    @Override
                                    public void ignored(Ignored reason) {
                                        // The job counts them.
                                    }
                                }));
    }

    /** Passes on what is in a record. */
    @FunctionalInterface
    private interface Decoding {
        void pass(ConsumerRecord<byte[], byte[]> record, Consumer<Inbound> out);
    }

    private Duration stepBack(String topic, Decoding decoding) throws ExecutionException {
        Map<Integer, Long> newest = new HashMap<>();
        long[] most = {0};
        try (TopicReader reader = TopicReader.open(settings, topic)) {
            reader.toBeginning();
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    decoding.pass(
                            record,
                            inbound -> {
                                long time = inbound.eventTime();
                                if (time != Inbound.NO_TIME) {
                                    long last = newest.merge(record.partition(), time, Math::max);
                                    most[0] = Math.max(most[0], last - time);
                                }
                            });
                }
            }
        }
        return Duration.ofMillis(most[0]);
    }
}
