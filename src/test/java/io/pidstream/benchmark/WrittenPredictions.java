package io.pidstream.benchmark;

import io.pidstream.avro.Prediction;
import io.pidstream.format.UndecodableException;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * What a run has committed to its topic of predictions.
 *
 * @param count number of predictions
 * @param bytes size of their values together
 */
record WrittenPredictions(long count, long bytes) {
    /** What is committed is there at once; a broker that gives nothing for so long is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Reads the predictions, and checks that there is exactly one of every frame.
     *
     * @param coldSlots slots at the beginning whose frames have no prediction, as nothing has been
     *     learned by then
     * @throws IllegalStateException if a prediction is missing or there twice, or if the run has
     *     written dead letters or late readings
     */
    static WrittenPredictions of(KafkaSettings kafka, BenchmarkStream stream, int coldSlots)
            throws UndecodableException {
        Topics topics = new Topics(kafka.prefix());
        for (String topic : List.of(topics.deadLetters(), topics.lateReadings())) {
            Tally tally = new Tally();
            read(kafka, topic, tally);
            if (tally.count > 0) {
                throw new IllegalStateException(
                        "%s has %d records; expected none".formatted(topic, tally.count));
            }
        }
        int cold = coldSlots * stream.assets();
        Frames frames = new Frames(stream);
        read(kafka, topics.predictions(), frames);
        int first = frames.predicted.nextSetBit(0);
        if (first != cold || frames.count != stream.frames() - cold) {
            throw new IllegalStateException(
                    "%d predictions, the first of frame %d; expected one each of frames %d to %d"
                            .formatted(frames.count, first, cold, stream.frames() - 1));
        }
        return new WrittenPredictions(frames.count, frames.bytes);
    }

    /** Hands over all that is committed. */
    private static void read(KafkaSettings kafka, String topic, Tally tally)
            throws UndecodableException {
        try (Consumer<byte[], byte[]> consumer = Clients.consumer(kafka)) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long lastSign = System.nanoTime();
            while (!partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    tally.add(record.value());
                }
                long now = System.nanoTime();
                lastSign = records.isEmpty() ? lastSign : now;
                if (now - lastSign > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "%s: nothing for %s; expected records up to %s"
                                    .formatted(topic, PATIENCE, ends));
                }
            }
        }
    }

    private static class Tally {
        long count;
        long bytes;

        void add(byte[] value) throws UndecodableException {
            count++;
            bytes += value.length;
        }
    }

    /** Marks the frame of every prediction. */
    private static final class Frames extends Tally {
        private final ValueCodec<Prediction> codec = ValueCodec.of(Prediction.class);
        private final BenchmarkStream stream;
        private final BitSet predicted = new BitSet();

        Frames(BenchmarkStream stream) {
            this.stream = stream;
        }

        @Override
        void add(byte[] value) throws UndecodableException {
            super.add(value);
            Prediction prediction = codec.decode(value);
            int frame = stream.frameOf(prediction.getAsset(), prediction.getTime());
            if (predicted.get(frame)) {
                throw new IllegalStateException("a frame was predicted twice: " + prediction);
            }
            predicted.set(frame);
        }
    }
}
