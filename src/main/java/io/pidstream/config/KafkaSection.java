package io.pidstream.config;

import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.passedOn;
import static io.pidstream.config.KeyTypes.secret;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.commit.AbortedOutput;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.SchemaRegistry;
import java.util.Map;

/** The section {@code kafka}. */
final class KafkaSection {
    static final Section<KafkaSettings> KEYS = Section.of("kafka", PipelineConfig::kafka);

    static final Key<String> BOOTSTRAP_SERVERS =
            KEYS.key(
                            "bootstrap-servers",
                            text(
                                    KafkaSettings.ADDRESSES,
                                    "host:port, or several with commas between them"))
                    .or("localhost:9092")
                    .of(KafkaSettings::bootstrapServers)
                    .means("Host and port of the brokers, separated by commas.");

    static final Key<String> PREFIX =
            KEYS.key("prefix", text("[A-Za-z0-9._-]{1,150}", "letters, digits, '.', '_' and '-'"))
                    .or(
                            Default.derived(
                                    "name and a dot", read -> read.get(ConfigReader.NAME) + "."))
                    .of(KafkaSettings::prefix)
                    .means("What the names of all topics start with.");

    static final Key<KafkaSettings.Delivery> DELIVERY =
            KEYS.key("delivery", choice(KafkaSettings.Delivery.class))
                    .or(KafkaSettings.Delivery.EXACTLY_ONCE)
                    .of(KafkaSettings::delivery)
                    .means(
                            "Guarantee of the output topics. With `at-least-once` a record is"
                                    + " visible at once, perhaps twice; asset and time identify a"
                                    + " prediction.");

    static final Key<AbortedOutput> ABORTED_OUTPUT =
            KEYS.key("aborted-output", choice(AbortedOutput.class))
                    .or(AbortedOutput.REFUSE)
                    .of(KafkaSettings::abortedOutput)
                    .means(
                            "What a job does that was down for longer than"
                                    + " `transaction.timeout.ms` (15 min) between a checkpoint and"
                                    + " its commit, so that Kafka has aborted that output: ends and"
                                    + " names it, or [goes on without"
                                    + " it](operations.md#after-a-long-outage).");

    static final Key<Encoding> FORMAT =
            KEYS.key("format", choice(Encoding.class))
                    .or(Encoding.AVRO)
                    .of(
                            kafka ->
                                    kafka.encoding() == KafkaSettings.Encoding.JSON
                                            ? Encoding.JSON
                                            : Encoding.AVRO)
                    .means(
                            "Format of predictions, explanations, alerts, dead letters and late"
                                    + " readings, and of what `replay` and `simulate` write; all"
                                    + " of pidstream reads both.");

    static final Key<Framing> FRAMING =
            KEYS.key("framing", choice(Framing.class))
                    .or(Framing.AVRO)
                    .of(
                            kafka ->
                                    kafka.encoding() == KafkaSettings.Encoding.CONFLUENT
                                            ? Framing.CONFLUENT
                                            : Framing.AVRO)
                    .means(
                            "What precedes the Avro bytes of a record: the fingerprint of its"
                                    + " schema, or its number in a"
                                    + " [schema registry](subscribers.md#framing).");

    static final Key<String> URL =
            KEYS.key(
                            "schema-registry.url",
                            text("https?://[^/\\s]+[^\\s]*", "http://host:port of the registry"))
                    .orNone()
                    .of(kafka -> kafka.registry() == null ? null : kafka.registry().url())
                    .means(
                            "Address of the schema registry; required with `confluent`, and for"
                                    + " `sources` in Avro.");

    static final Key<String> AUTHORIZATION =
            KEYS.key("schema-registry.authorization", secret())
                    .orNone()
                    .of(kafka -> kafka.registry() == null ? null : kafka.registry().authorization())
                    .means(
                            "Value of the header Authorization of requests to it; `${env:NAME}`"
                                    + " and `${file:/path}` keep secrets out of the file.");

    static final Key<Map<String, String>> PROPERTIES =
            KEYS.key("properties", passedOn())
                    .or(Map.of())
                    .of(KafkaSettings::properties)
                    .means(
                            "Passed to every Kafka client: TLS, SASL; `${env:NAME}` and"
                                    + " `${file:/path}` keep secrets out of the file.");

    private KafkaSection() {}

    static KafkaSettings read(ConfigNode root) {
        boolean framed = root.get(FRAMING) == Framing.CONFLUENT;
        return new KafkaSettings(
                root.get(BOOTSTRAP_SERVERS),
                root.get(PREFIX),
                root.get(DELIVERY),
                root.get(ABORTED_OUTPUT),
                encoding(root, framed),
                framed || root.has(URL)
                        ? new SchemaRegistry(root.require(URL), root.get(AUTHORIZATION))
                        : null,
                root.get(PROPERTIES));
    }

    private static KafkaSettings.Encoding encoding(ConfigNode root, boolean framed) {
        boolean json = root.get(FORMAT) == Encoding.JSON;
        if (json && framed) {
            root.problem(FRAMING, "confluent", "none with kafka.format: json");
        }
        if (json) {
            return KafkaSettings.Encoding.JSON;
        }
        return framed ? KafkaSettings.Encoding.CONFLUENT : KafkaSettings.Encoding.AVRO;
    }

    enum Encoding {
        AVRO,
        JSON
    }

    enum Framing {
        AVRO,
        CONFLUENT
    }
}
