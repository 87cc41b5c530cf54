package io.pidstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.admit.Admission;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.CommandRun;
import io.pidstream.testing.SiteRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TailCommandIT {
    private static final Instant TIME = SiteRecords.TIME;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        KafkaSettings settings =
                new KafkaSettings(
                        kafka.bootstrapServers(),
                        "air.",
                        KafkaSettings.Delivery.EXACTLY_ONCE,
                        Map.of());
        Modalities modalities =
                new Modalities(
                        List.of(
                                new Modality("mox", List.of("a")),
                                new Modality("env", List.of("b"))));
        try (TopicAdmin admin = new TopicAdmin(settings, modalities);
                Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            admin.create(TopicAdmin.Layout.DEFAULT);
            ValueCodec<Prediction> predictions = ValueCodec.of(Prediction.class);
            for (int i = 0; i < 3; i++) {
                send(producer, "air.predictions", predictions.encode(prediction("site-1", i)));
                send(producer, "air.predictions", predictions.encode(prediction("site-2", i)));
            }
            send(
                    producer,
                    "air.explanations",
                    ValueCodec.of(Explanation.class).encode(SiteRecords.explanation()));
            send(producer, "air.alerts", "not avro".getBytes(UTF_8));
            send(producer, "air.dead-letters", ValueCodec.of(DeadLetter.class).encode(letter()));
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, (byte[]) null, value)).get();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void printsRowsOfOneAssetUpToTheLimit() {
        CommandRun tail =
                tail("predictions", "--from-beginning", "--asset", "site-2", "--limit", "2");

        assertThat(tail.exitCode()).isZero();
        assertThat(tail.out().lines().skip(1))
                .containsExactly(
                        "2004-03-10 18:00:00  site-2      2.500  1.500 … 3.500  1.750"
                                + "  env -0.250  mox +1.000  0",
                        "2004-03-10 19:00:00  site-2      2.500  1.500 … 3.500  1.750"
                                + "  env -0.250  mox +1.000  0");
        assertThat(tail.err()).isEmpty();
    }

    @Test
    void printsPredictionsAsJsonLines() throws Exception {
        CommandRun tail = tail("predictions", "--from-beginning", "--to-end", "--json");

        assertThat(tail.out().lines()).hasSize(6);
        JsonNode first = new ObjectMapper().readTree(tail.out().lines().findFirst().orElseThrow());
        assertThat(first.get("asset").asText()).isEqualTo("site-1");
        assertThat(first.get("time").asText()).isEqualTo("2004-03-10T18:00:00Z");
        assertThat(first.get("explanation").get("unit").asText()).isEqualTo("bit");
    }

    @Test
    void printsTheAtomsOfAnExplanation() {
        assertThat(tail("explanations", "--from-beginning", "--limit", "1").out())
                .contains("  1.720 ± 0.020  ")
                .contains("unique mox 1.410  redundant 0.200  synergistic 0.110")
                .contains("env 9 %  mox 91 %  151");
    }

    @Test
    void printsWhyALetterIsDead() {
        assertThat(tail("dead-letters", "--from-beginning", "--limit", "1").out())
                .contains("NOT_FINITE  -    air.readings.mox-0@17")
                .contains("channel a is NaN");
    }

    @Test
    void skipsAndReportsARecordThatItCannotDecode() {
        CommandRun tail = tail("alerts", "--from-beginning", "--to-end");

        assertThat(tail.exitCode()).isZero();
        assertThat(tail.err()).contains("air.alerts, partition 0, offset 0: the 8 bytes");
    }

    @Test
    void printsNothingOldUnlessAskedTo() {
        assertThat(tail("predictions", "--to-end", "--json").out()).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(tail("forecasts"))
                .satisfies(
                        tail -> {
                            assertThat(tail.exitCode()).isEqualTo(2);
                            assertThat(tail.err()).startsWith("forecasts: expected predictions,");
                        });
        assertThat(tail("dead-letters", "--asset", "a").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("tail", "alerts").err())
                .startsWith("expected --config, or --bootstrap-servers and --prefix");
    }

    @Test
    void saysThatThereIsNoSuchTopic() {
        CommandRun tail = tail("readings.sonar");

        assertThat(tail.exitCode()).isEqualTo(1);
        assertThat(tail.err().lines())
                .containsExactly(
                        "air.readings.sonar: there is no such topic at "
                                + kafka.bootstrapServers());
    }

    private static CommandRun tail(String topic, String... options) {
        String[] args = new String[options.length + 6];
        List<String> first =
                List.of(
                        "tail",
                        topic,
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--prefix",
                        "air.");
        for (int i = 0; i < args.length; i++) {
            args[i] = i < first.size() ? first.get(i) : options[i - first.size()];
        }
        return CommandRun.of(args);
    }

    private static Prediction prediction(String asset, int hour) {
        return new Prediction(
                asset,
                TIME.plusSeconds(3600L * hour),
                2.5,
                1.5,
                3.5,
                0L,
                List.of("mox", "env"),
                Map.of("mox", 1.0, "env", -0.25),
                1.75,
                SiteRecords.explanation(),
                List.of(),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }

    private static DeadLetter letter() {
        return Admission.refuse(
                        new Origin("air.readings.mox", 0, 17, 0, null, null, Map.of()),
                        DeadLetterReason.NOT_FINITE,
                        "channel a is NaN; expected a finite number")
                .deadLetter();
    }
}
