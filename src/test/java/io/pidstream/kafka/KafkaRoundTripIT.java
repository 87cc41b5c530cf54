package io.pidstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Reading;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.state.FormatType;
import io.pidstream.testing.Waiting;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and sinks against a real broker. */
class KafkaRoundTripIT {
    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("mox", List.of("PT08", "S2")),
                            new Modality("env", List.of("T"))));
    private static final Instant TIME = Instant.parse("2004-03-10T18:00:00Z");
    private static final ValueCodec<Reading> READINGS = ValueCodec.of(Reading.class);

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        kafka.close();
    }

    @Test
    void deadLettersCarryTheOriginalRecordAndTheStreamContinues() throws Exception {
        KafkaSettings settings = settings("dead.", KafkaSettings.Delivery.EXACTLY_ONCE);
        String topic = new Topics("dead.").readings("mox");
        byte[] key = {0, 1, 2, (byte) 0xff};
        byte[] garbage = "not avro".getBytes(UTF_8);
        byte[] infinite = READINGS.encode(reading("a", TIME, 1.0, Double.POSITIVE_INFINITY));
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            send(producer, topic, reading("a", TIME, 1.0, 2.0));
            var strange = new ProducerRecord<>(topic, 0, 1234L, key, garbage);
            strange.headers().add("trace", new byte[] {9}).add("trace", new byte[] {10, 11});
            producer.send(strange).get();
            producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, null, infinite)).get();
            producer.send(new ProducerRecord<>(topic, 0, 77L, key, (byte[]) null)).get();
            send(producer, topic, reading("b", TIME, 3.0, null));
        }

        StreamExecutionEnvironment env = flink.environment(new Configuration());
        split(env, settings, LiveWatermarks.backlogWatermarks(Duration.ZERO, true), true);
        env.execute("dead letters");

        assertThat(committed(settings, new Topics("dead.").lateReadings(), 2))
                .extracting(record -> READINGS.decode(record.value()))
                .containsExactly(reading("a", TIME, 1.0, 2.0), reading("b", TIME, 3.0, null));
        List<ConsumerRecord<byte[], byte[]>> letters =
                committed(settings, new Topics("dead.").deadLetters(), 3);
        ValueCodec<DeadLetter> codec = ValueCodec.of(DeadLetter.class);
        DeadLetter first = codec.decode(letters.get(0).value());
        assertThat(letters.get(0).key()).isEqualTo(key);
        assertThat(letters.get(0).timestamp()).isEqualTo(1234);
        assertThat(first.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        assertThat(first.getTopic()).isEqualTo(topic);
        assertThat(first.getPartition()).isZero();
        assertThat(first.getOffset()).isEqualTo(1);
        assertThat(first.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1234));
        assertThat(first.getKey()).isEqualTo(ByteBuffer.wrap(key));
        assertThat(first.getValue()).isEqualTo(ByteBuffer.wrap(garbage));
        assertThat(first.getHeaders())
                .isEqualTo(Map.of("trace", ByteBuffer.wrap(new byte[] {10, 11})));
        DeadLetter second = codec.decode(letters.get(1).value());
        assertThat(letters.get(1).key()).isNull();
        assertThat(second.getReason()).isEqualTo(DeadLetterReason.NOT_FINITE);
        assertThat(second.getDetail())
                .isEqualTo(
                        "dead.readings.mox, partition 0, offset 2: channel S2 is Infinity;"
                                + " expected a finite number, or null for a missing value");
        assertThat(second.getValue()).isEqualTo(ByteBuffer.wrap(infinite));
        DeadLetter third = codec.decode(letters.get(2).value());
        assertThat(third.getValue()).isNull();
        assertThat(third.getDetail()).contains("there is no value");
    }

    @Test
    void outputIsKeyedByAssetAndStampedWithEventTime() throws Exception {
        KafkaSettings settings = settings("key.", KafkaSettings.Delivery.AT_LEAST_ONCE);
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            send(producer, new Topics("key.").readings("mox"), reading("ä", TIME, 1.0, 2.0));
        }

        StreamExecutionEnvironment env = flink.environment(new Configuration());
        split(env, settings, LiveWatermarks.backlogWatermarks(Duration.ZERO, true), true);
        env.execute("key and timestamp");

        ConsumerRecord<byte[], byte[]> record =
                committed(settings, new Topics("key.").lateReadings(), 1).get(0);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("ä");
        assertThat(record.timestamp()).isEqualTo(TIME.toEpochMilli());
    }

    @Test
    void exactlyOnceOutputIsSeenWhenACheckpointHasCommittedIt() throws Exception {
        KafkaSettings settings = settings("once.", KafkaSettings.Delivery.EXACTLY_ONCE);
        String output = new Topics("once.").lateReadings();
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
        StreamExecutionEnvironment env = flink.environment(configuration);
        split(env, settings, WatermarkStrategy.noWatermarks(), false);
        JobClient job = env.executeAsync("exactly once");

        int sent = 0;
        try (Producer<byte[], byte[]> producer = Clients.producer(settings);
                Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
            TopicPartition partition = new TopicPartition(output, 0);
            long visible;
            long written;
            do {
                // Flink checkpoints once or twice right after the start, then not for an hour.
                assertThat(sent).as("records that were committed at once").isLessThan(10);
                send(producer, new Topics("once.").readings("mox"), reading("a", TIME, 1.0, 2.0));
                sent++;
                written = read(uncommitted(settings), output, sent).get(sent - 1).offset();
                visible = consumer.endOffsets(List.of(partition)).get(partition);
            } while (visible > written);
        }

        job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        assertThat(committed(settings, output, sent)).hasSize(sent);
    }

    @Test
    void everyReadingComesOutOnceThoughTheJobFailsBetweenCheckpoints() throws Exception {
        KafkaSettings settings = settings("fail.", KafkaSettings.Delivery.EXACTLY_ONCE);
        Topics topics = new Topics("fail.");
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        StreamExecutionEnvironment env = flink.environment(configuration);
        FailOnce.failed.set(false);
        readings(env, settings, "mox", WatermarkStrategy.noWatermarks(), false)
                .map(new FailOnce("asset-150"), FormatType.of(EventFormats.READING))
                .sinkTo(new Sinks(settings, "fail").lateReadings());
        JobClient job = env.executeAsync("fails once");
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (int i = 0; i < 100; i++) {
                send(producer, topics.readings("mox"), reading("asset-" + i, TIME, 1.0, 2.0));
            }
            // What is visible has been committed by a checkpoint.
            committed(settings, topics.lateReadings(), 100);
            for (int i = 100; i < 200; i++) {
                send(producer, topics.readings("mox"), reading("asset-" + i, TIME, 1.0, 2.0));
            }
        }

        assertThat(committed(settings, topics.lateReadings(), 200))
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "asset-" + i).toList());
        assertThat(FailOnce.failed).isTrue();
        job.cancel().get();
    }

    @Test
    void theNewestSlotClosesThoughNothingMoreComes() throws Exception {
        KafkaSettings settings = settings("idle.", KafkaSettings.Delivery.AT_LEAST_ONCE);
        Topics topics = new Topics("idle.");
        Duration slot = Duration.ofHours(1);
        WatermarkStrategy<Inbound> live =
                LiveWatermarks.ofReadings(
                        Duration.ZERO, Duration.ofMillis(300), slot, Clock.systemUTC());
        StreamExecutionEnvironment env = flink.environment(new Configuration());
        readings(env, settings, "mox", live, false)
                .union(readings(env, settings, "env", live, false))
                .keyBy(Reading::getAsset)
                .process(new AtEndOfSlot(slot.toMillis()), FormatType.of(EventFormats.READING))
                .sinkTo(new Sinks(settings, "idle").lateReadings());
        JobClient job = env.executeAsync("silence");
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            send(producer, topics.readings("mox"), reading("a", TIME, 1.0, 2.0));
            // The other modality is dead: it never sends anything.
        }

        assertThat(committed(settings, topics.lateReadings(), 1)).hasSize(1);
        job.cancel().get();
    }

    private static KafkaSettings settings(String prefix, KafkaSettings.Delivery delivery)
            throws Exception {
        KafkaSettings settings =
                new KafkaSettings(kafka.bootstrapServers(), prefix, delivery, Map.of());
        try (TopicAdmin admin = new TopicAdmin(settings, MODALITIES)) {
            admin.create(new TopicAdmin.Layout(1, Optional.empty(), Optional.empty()));
        }
        return settings;
    }

    private static Reading reading(String asset, Instant time, Double... values) {
        return new Reading(asset, "mox", time, Arrays.asList(values));
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, Reading reading)
            throws Exception {
        byte[] key = reading.getAsset().getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, key, READINGS.encode(reading))).get();
    }

    private static void split(
            StreamExecutionEnvironment env,
            KafkaSettings settings,
            WatermarkStrategy<Inbound> time,
            boolean bounded) {
        Sinks sinks = new Sinks(settings, "test");
        DataStream<Inbound> inbound = inbound(env, settings, "mox", time, bounded);
        inbound.filter(record -> record.reading() != null)
                .map(Inbound::reading, FormatType.of(EventFormats.READING))
                .sinkTo(sinks.lateReadings());
        inbound.filter(record -> record.deadLetter() != null)
                .map(Inbound::deadLetter, FormatType.of(EventFormats.DEAD_LETTER))
                .sinkTo(sinks.deadLetters());
    }

    private static DataStream<Reading> readings(
            StreamExecutionEnvironment env,
            KafkaSettings settings,
            String modality,
            WatermarkStrategy<Inbound> time,
            boolean bounded) {
        return inbound(env, settings, modality, time, bounded)
                .map(Inbound::reading, FormatType.of(EventFormats.READING));
    }

    private static DataStream<Inbound> inbound(
            StreamExecutionEnvironment env,
            KafkaSettings settings,
            String modality,
            WatermarkStrategy<Inbound> time,
            boolean bounded) {
        env.setParallelism(1);
        return env.fromSource(
                new Sources(settings, "test", bounded)
                        .readings(
                                MODALITIES.all().get(MODALITIES.indexOf(modality)),
                                new Admission(MODALITIES, List.of("y"), Clock.systemUTC())),
                time,
                modality);
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(
            KafkaSettings settings, String topic, int count) {
        return read(Clients.consumer(settings), topic, count);
    }

    private static Consumer<byte[], byte[]> uncommitted(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads until {@code count} records have come; fails loudly when they do not. */
    private static List<ConsumerRecord<byte[], byte[]>> read(
            Consumer<byte[], byte[]> consumer, String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (consumer) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Waiting.until(
                    count + " records in " + topic,
                    () -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                        return records.size();
                    },
                    read -> read >= count);
        }
        assertThat(records).as("records in %s", topic).hasSize(count);
        return records;
    }

    /** Fails at one asset, the first time. */
    private static final class FailOnce extends RichMapFunction<Reading, Reading> {
        private static final long serialVersionUID = 1;
        private static final AtomicBoolean failed = new AtomicBoolean();

        private final String asset;

        FailOnce(String asset) {
            this.asset = asset;
        }

        @Override
        public Reading map(Reading reading) {
            if (reading.getAsset().equals(asset) && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("as the test wants it");
            }
            return reading;
        }
    }

    /** Lets a reading out when its slot is over. */
    private static final class AtEndOfSlot extends KeyedProcessFunction<String, Reading, Reading> {
        private static final long serialVersionUID = 1;

        private final long slot;

        AtEndOfSlot(long slot) {
            this.slot = slot;
        }

        @Override
        public void processElement(Reading reading, Context context, Collector<Reading> out) {
            long time = reading.getTime().toEpochMilli();
            context.timerService().registerEventTimeTimer(time - time % slot + slot - 1);
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<Reading> out) {
            out.collect(reading(context.getCurrentKey(), Instant.ofEpochMilli(time)));
        }
    }
}
