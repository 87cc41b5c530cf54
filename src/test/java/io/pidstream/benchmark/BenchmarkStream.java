package io.pidstream.benchmark;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modalities;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A stream that is the same at every run: in every slot, every asset has one reading of every
 * modality and one label that is known at once.
 *
 * <p>Per frame there is one common factor, and one factor per modality; a channel is a weighted sum
 * of the two and noise, the target the sum of all factors and noise, all Gaussian. So every channel
 * is correlated with all others and with the target, and no covariance is degenerate.
 *
 * @param modalities the modalities and their channels
 * @param assets number of assets
 * @param slots number of frames of each asset
 */
record BenchmarkStream(Modalities modalities, int assets, int slots) {
    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final long SEED = 7;
    private static final String ASSET = "asset-";

    BenchmarkStream {
        if (assets < 1 || slots < 2) {
            throw new IllegalArgumentException(
                    "%d assets with %d frames each; expected at least 1 with 2"
                            .formatted(assets, slots));
        }
    }

    long frames() {
        return (long) assets * slots;
    }

    /** Number of the frame of an asset at a time, 0 to {@link #frames()} − 1, slot by slot. */
    int frameOf(String asset, Instant time) {
        long slot = Duration.between(START, time).toMillis() / PERIOD.toMillis();
        return Math.toIntExact(slot * assets + Integer.parseInt(asset.substring(ASSET.length())));
    }

    /** Writes the whole stream into the input topics, which must be there and empty. */
    void writeTo(KafkaSettings kafka) {
        ValueCodec<Reading> readings = ValueCodec.of(Reading.class);
        ValueCodec<Label> labels = ValueCodec.of(Label.class);
        writeTo(kafka, readings::encode, labels::encode);
    }

    /**
     * The same in JSON, as others may have it, record for record: a flat object with a channel's
     * value by the channel's name, times as ISO 8601.
     */
    void writeInJsonTo(KafkaSettings kafka) {
        writeTo(kafka, this::json, BenchmarkStream::json);
    }

    private byte[] json(Reading reading) {
        StringBuilder json = new StringBuilder("{");
        json.append("\"asset\":\"%s\"".formatted(reading.getAsset()));
        json.append(",\"time\":\"%s\"".formatted(reading.getTime()));
        List<String> channels =
                modalities.all().get(modalities.indexOf(reading.getModality())).channels();
        for (int c = 0; c < channels.size(); c++) {
            json.append(",\"%s\":%s".formatted(channels.get(c), reading.getValues().get(c)));
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(Label label) {
        return "{\"asset\":\"%s\",\"time\":\"%s\",\"known\":\"%s\",\"y\":%s}"
                .formatted(
                        label.getAsset(), label.getTime(), label.getRecordedAt(), label.getValue())
                .getBytes(StandardCharsets.UTF_8);
    }

    private void writeTo(
            KafkaSettings kafka,
            Function<Reading, byte[]> readings,
            Function<Label, byte[]> labels) {
        Topics topics = new Topics(kafka.prefix());
        Random random = new Random(SEED);
        try (Writer writer = new Writer(Clients.producer(kafka))) {
            for (int slot = 0; slot < slots; slot++) {
                Instant time = START.plus(PERIOD.multipliedBy(slot));
                for (int a = 0; a < assets; a++) {
                    String asset = ASSET + a;
                    double common = random.nextGaussian();
                    double target = common + 0.5 * random.nextGaussian();
                    for (int m = 0; m < modalities.count(); m++) {
                        double own = random.nextGaussian();
                        target += own;
                        String modality = modalities.all().get(m).name();
                        List<Double> values = channels(m, common, own, random);
                        writer.write(
                                topics.readings(modality),
                                asset,
                                readings.apply(new Reading(asset, modality, time, values)));
                    }
                    writer.write(
                            topics.labels(),
                            asset,
                            labels.apply(new Label(asset, time, time, target, List.of())));
                }
            }
        }
    }

    private List<Double> channels(int modality, double common, double own, Random random) {
        int size = modalities.size(modality);
        List<Double> values = new ArrayList<>(size);
        for (int c = 0; c < size; c++) {
            double weight = (c + 1.0) / size;
            values.add(weight * common + (1 - 0.5 * weight) * own + random.nextGaussian());
        }
        return values;
    }

    /** Sends without waiting, and fails at the end if anything has failed. */
    private static final class Writer implements AutoCloseable {
        private final Producer<byte[], byte[]> producer;
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        Writer(Producer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        void write(String topic, String asset, byte[] value) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    topic, asset.getBytes(StandardCharsets.UTF_8), value),
                            (metadata, e) -> failure.compareAndSet(null, e));
        }

        @Override
        public void close() {
            producer.close();
            if (failure.get() != null) {
                throw new IllegalStateException("the stream was not written", failure.get());
            }
        }
    }
}
