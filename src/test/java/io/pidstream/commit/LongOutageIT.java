package io.pidstream.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.Reading;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Sinks;
import io.pidstream.kafka.Sources;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.process.Restore;
import io.pidstream.state.FormatType;
import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that die between a checkpoint and its commit, and come back when Kafka has aborted their
 * transactions. A transaction timeout of seconds stands for a long weekend.
 */
class LongOutageIT {
    private static final Instant TIME = Instant.parse("2024-05-01T06:00:00Z");
    private static final ValueCodec<Reading> READINGS = ValueCodec.of(Reading.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @TempDir static Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka =
                EmbeddedKafka.start(
                        new EmbeddedKafka.Access(
                                "PLAINTEXT",
                                Map.of(
                                        "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                                        "200"),
                                List.of()));
        flink =
                EmbeddedFlink.start(
                        Map.of(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS.key(), "3"));
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        kafka.close();
    }

    @Test
    void nothingIsLostInSilence() throws Exception {
        Pipeline refused = new Pipeline("refused", AbortedOutput.REFUSE);
        Pipeline skipped = new Pipeline("skipped", AbortedOutput.SKIP);
        Pipeline committed = new Pipeline("committed", AbortedOutput.REFUSE);
        for (Pipeline pipeline : List.of(refused, skipped, committed)) {
            pipeline.dieAfterCheckpoint();
        }
        Coordinator coordinator = new Coordinator(refused.client());
        for (Pipeline pipeline : List.of(refused, skipped)) {
            Waiting.until(
                    "Kafka aborts output of " + pipeline.name,
                    () -> coordinator.aborted(pipeline.name, "-" + pipeline.checkpoint()).size(),
                    count -> count == 1);
        }

        refusesAndNamesTheGap(refused);
        writesItAgainFromTheCheckpointBefore(refused);
        goesOnWithoutIt(skipped);
        tellsCommittedOutputApart(committed);
    }

    private static void refusesAndNamesTheGap(Pipeline pipeline) throws Exception {
        JobClient job = pipeline.start(pipeline.checkpoint());

        Throwable failure = catchThrowable(() -> job.getJobExecutionResult().get());

        String sentence = Restore.refusal(failure).orElseThrow();
        int lost = lostIn(sentence);
        assertThat(sentence)
                .isEqualTo(
                        "Kafka has aborted %s of refused.late-readings from %s to %s, written up to checkpoint %d, as it was not committed within transaction.timeout.ms (8 s) or another job of this name runs. To write it again, start with --from the checkpoint before, chk-%d; to go on without it, set kafka.aborted-output: skip"
                                .formatted(
                                        lost == 1 ? "1 record" : lost + " records",
                                        TIME.plusSeconds(5),
                                        TIME.plusSeconds(4 + lost),
                                        pipeline.checkpoint(),
                                        pipeline.checkpoint() - 1));
    }

    /** A checkpoint may come before the job has read all five. */
    private static int lostIn(String sentence) {
        Matcher count = Pattern.compile("aborted ([1-5]) record").matcher(sentence);
        assertThat(count.find()).as(sentence).isTrue();
        return Integer.parseInt(count.group(1));
    }

    private static void writesItAgainFromTheCheckpointBefore(Pipeline pipeline) throws Exception {
        JobClient job = pipeline.start(pipeline.checkpoint() - 1);
        assertThat(pipeline.visible(10)).containsExactlyElementsOf(assets(0, 10));
        job.cancel().get();
    }

    private static void goesOnWithoutIt(Pipeline pipeline) throws Exception {
        JobClient job = pipeline.start(pipeline.checkpoint());
        pipeline.send(10, 12);
        List<String> visible = pipeline.visibleUpTo("asset-11");
        // The gap begins at asset-5.
        List<String> expected = new ArrayList<>(assets(0, 5));
        expected.addAll(assets(12 - (visible.size() - 5), 12));
        assertThat(visible).hasSizeBetween(7, 11).containsExactlyElementsOf(expected);
        job.cancel().get();
    }

    private static void tellsCommittedOutputApart(Pipeline pipeline) throws Exception {
        JobClient job = pipeline.start(pipeline.checkpoint());
        pipeline.send(10, 12);
        assertThat(pipeline.visible(12)).containsExactlyElementsOf(assets(0, 12));
        job.cancel().get();
    }

    private static List<String> assets(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "asset-" + i).toList();
    }

    /** Passes readings on to another topic. */
    private static final class Pipeline {
        private static final Modality MODALITY = new Modality("mox", List.of("s1"));
        private static final Modalities MODALITIES = new Modalities(List.of(MODALITY));

        private final String name;
        private final KafkaSettings settings;
        private final Topics topics;
        private final Path checkpoints;

        Pipeline(String name, AbortedOutput aborted) throws Exception {
            this.name = name;
            settings =
                    new KafkaSettings(
                            kafka.bootstrapServers(),
                            name + ".",
                            KafkaSettings.Delivery.EXACTLY_ONCE,
                            aborted,
                            KafkaSettings.Encoding.AVRO,
                            null,
                            Map.of("transaction.timeout.ms", Long.toString(TIMEOUT.toMillis())));
            topics = new Topics(settings.prefix());
            checkpoints = directory.resolve(name);
            try (TopicAdmin admin = new TopicAdmin(settings, MODALITIES)) {
                admin.create(new TopicAdmin.Layout(1, Optional.empty(), Optional.empty()));
            }
        }

        Properties client() {
            Properties client = new Properties();
            client.setProperty("bootstrap.servers", kafka.bootstrapServers());
            return client;
        }

        /** Five readings are committed; five more are in a checkpoint when the job dies. */
        void dieAfterCheckpoint() throws Exception {
            send(0, 5);
            JobClient job = start(0);
            visible(5);
            Dying.DYING.add(name);
            send(5, 10);
            Waiting.until("a commit of " + name, () -> Dying.DEAD, dead -> dead.contains(name));
            job.cancel().get();
            Dying.DYING.remove(name);
        }

        /** Checkpoint from which the job can go on. */
        long checkpoint() throws IOException {
            try (Stream<Path> files = Files.walk(checkpoints)) {
                return files.filter(file -> file.endsWith("_metadata"))
                        .map(file -> file.getParent().getFileName().toString())
                        .mapToLong(chk -> Long.parseLong(chk.substring("chk-".length())))
                        .max()
                        .orElseThrow();
            }
        }

        /**
         * @param checkpoint to start from; 0 to start without
         */
        JobClient start(long checkpoint) throws Exception {
            Configuration configuration = new Configuration();
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
            configuration.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    (checkpoint == 0 ? checkpoints : directory.resolve(name + "-later"))
                            .toUri()
                            .toString());
            if (checkpoint > 0) {
                configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path(checkpoint));
            }
            StreamExecutionEnvironment env = flink.environment(configuration);
            env.setParallelism(1);
            Admission admission = new Admission(MODALITIES, List.of("y"), Clock.systemUTC());
            env.fromSource(
                            new Sources(settings, name, false).readings(MODALITY, admission),
                            WatermarkStrategy.noWatermarks(),
                            "readings")
                    .uid("readings")
                    .map(Inbound::reading, FormatType.of(EventFormats.READING))
                    .uid("reading")
                    .sinkTo(new Dying(name, new Sinks(settings, name).lateReadings()))
                    .uid("write");
            return env.executeAsync(name);
        }

        private String path(long checkpoint) throws IOException {
            try (Stream<Path> files = Files.walk(checkpoints)) {
                return files.filter(file -> file.endsWith("chk-" + checkpoint))
                        .findFirst()
                        .orElseThrow()
                        .toUri()
                        .toString();
            }
        }

        void send(int from, int to) throws Exception {
            try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
                for (int i = from; i < to; i++) {
                    Reading reading =
                            new Reading("asset-" + i, "mox", TIME.plusSeconds(i), List.of(1.0 * i));
                    producer.send(
                                    new ProducerRecord<>(
                                            topics.readings("mox"),
                                            reading.getAsset().getBytes(UTF_8),
                                            READINGS.encode(reading)))
                            .get();
                }
            }
        }

        /** Assets of the committed records, when there are {@code count}. */
        List<String> visible(int count) {
            return visible(count + " records", assets -> assets.size() >= count);
        }

        List<String> visibleUpTo(String asset) {
            return visible(asset, assets -> assets.contains(asset));
        }

        private List<String> visible(String what, Predicate<List<String>> complete) {
            List<String> assets = new ArrayList<>();
            try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
                TopicPartition partition = new TopicPartition(topics.lateReadings(), 0);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                Waiting.until(
                        what + " of " + name,
                        () -> {
                            for (ConsumerRecord<byte[], byte[]> record :
                                    consumer.poll(Duration.ofMillis(200))) {
                                assets.add(new String(record.key(), UTF_8));
                            }
                            return assets;
                        },
                        complete);
            }
            return assets;
        }
    }

    /**
     * The sink under test in a job that may die when it is to commit: {@code committed} after the
     * commit, the others before it.
     */
    private static final class Dying
            implements Sink<Reading>,
                    SupportsWriterState<Reading, KafkaWriterState>,
                    SupportsCommitter<KafkaCommittable> {
        private static final long serialVersionUID = 1;
        private static final Set<String> DYING = ConcurrentHashMap.newKeySet();
        private static final Set<String> DEAD = ConcurrentHashMap.newKeySet();

        private final String name;
        private final CommittedSink<Reading> sink;

        Dying(String name, Sink<Reading> sink) {
            this.name = name;
            this.sink = (CommittedSink<Reading>) sink;
        }

        @Override
        public SinkWriter<Reading> createWriter(WriterInitContext context) throws IOException {
            return sink.createWriter(context);
        }

        @Override
        public StatefulSinkWriter<Reading, KafkaWriterState> restoreWriter(
                WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
            return sink.restoreWriter(context, state);
        }

        @Override
        public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
            return sink.getWriterStateSerializer();
        }

        @Override
        public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
            return sink.getCommittableSerializer();
        }

        @Override
        public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
            Committer<KafkaCommittable> real = sink.createCommitter(context);
            return new Committer<>() {
                @Override
                public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
                        throws IOException, InterruptedException {
                    boolean dying = DYING.contains(name);
                    if (!dying || name.equals("committed")) {
                        real.commit(requests);
                    }
                    if (dying) {
                        DEAD.add(name);
                        Thread.sleep(Duration.ofMinutes(5).toMillis());
                    }
                }

                @Override
                public void close() throws Exception {
                    real.close();
                }
            };
        }
    }
}
