package io.pidstream.demo;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.simulate.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the plant's readings and labels to the topics, every slot when its time comes; past slots
 * at once.
 */
public final class PlantFeed implements AutoCloseable {
    private final Iterator<Slot> slots;
    private final int assets;
    private final PlantClock clock;
    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, ValueCodec<Reading>> readings = new HashMap<>();
    private final ValueCodec<Label> labels;
    private final KafkaSettings settings;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong labelsSent = new AtomicLong();
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param slots the slots to send
     * @param assets number of assets per slot
     * @param clock determines when a slot is sent
     */
    public PlantFeed(Iterator<Slot> slots, int assets, PlantClock clock, KafkaSettings settings) {
        this.slots = slots;
        this.assets = assets;
        this.clock = clock;
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.labels = ValueCodec.of(Label.class, settings, topics.labels());
        this.producer = Clients.producer(settings);
    }

    /** Sends until there are no more slots, {@link #stop} is called, or the broker fails. */
    public void run() throws InterruptedException {
        while (slots.hasNext() && failure.get() == null) {
            Slot slot = slots.next();
            if (!reaches(slot.time())) {
                break;
            }
            send(slot);
        }
        producer.flush();
    }

    /**
     * Waits until that time; false if stopped earlier. The clock is read again after each wait,
     * because it may run slower than the system clock.
     */
    private boolean reaches(Instant time) throws InterruptedException {
        Duration wait = clock.until(time);
        boolean stopped = stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        while (!stopped && !wait.isZero()) {
            wait = clock.until(time);
            stopped = stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
        return !stopped;
    }

    private void send(Slot slot) {
        for (Reading reading : slot.readings()) {
            send(
                    topics.readings(reading.getModality()),
                    slot.time(),
                    reading.getAsset(),
                    readings.computeIfAbsent(
                                    topics.readings(reading.getModality()),
                                    topic -> ValueCodec.of(Reading.class, settings, topic))
                            .encode(reading));
        }
        for (Label label : slot.labels()) {
            send(topics.labels(), slot.time(), label.getAsset(), labels.encode(label));
        }
        if (!slot.readings().isEmpty()) {
            frames.addAndGet(assets);
        }
        labelsSent.addAndGet(slot.labels().size());
        time.set(slot.time());
    }

    private void send(String topic, Instant time, String asset, byte[] value) {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                null,
                                time.toEpochMilli(),
                                asset.getBytes(StandardCharsets.UTF_8),
                                value),
                        (metadata, problem) -> {
                            if (problem != null) {
                                failure.compareAndSet(null, problem);
                            }
                        });
    }

    public void stop() {
        stop.countDown();
    }

    /** Frames sent so far: slots times assets. */
    public long frames() {
        return frames.get();
    }

    /** Time of the newest slot sent; {@link Instant#MIN} before the first. */
    public Instant time() {
        return time.get();
    }

    public long labels() {
        return labelsSent.get();
    }

    /** Throws if the broker has refused a record. */
    public void check() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("a record could not be sent", problem);
        }
    }

    @Override
    public void close() {
        stop();
        producer.close(Duration.ofSeconds(5));
    }
}
