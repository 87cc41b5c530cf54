package io.pidstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    /** Every key that goes with a list of targets, columns of a file and a registry. */
    private static final String COLUMNS =
            """
            name: plant
            modalities:
              - {name: a, channels: [x, y]}
              - {name: b, channels: [z]}
            target: {names: [t, u], max-delay: PT3H, idle-after: PT2S, history: true, aggregate: first, min: -1.5, max: 2.5}
            alignment: {period: PT2M, aggregate: first, max-out-of-orderness: PT1S, idle-after: PT3M}
            learning: {half-lives: [PT1H], explanation-half-life: PT9H, levels: [asset], block: 100, interval: 0.8, fleet-labels: 500}
            pid: {definition: idep, tolerance: 0.1}
            encoder:
              type: pidreg
              latent: 4
              hidden: [16]
              members: 2
              seed: 9
              fine-tune-every: 100
              device: cpu
              training:
                epochs: 41
                batch-size: 64
                learning-rate: 0.125
                weight-decay: 0.25
                schedule: cosine
                patience: 3
                normality: 0.0
                conditional: 0.5
                joint-normality: 0.75
                bottleneck: false
                modality-dropout: 0.5
                fusion: equal
                pieces: 3
              fine-tuning: {interval: PT24H, recent: 100, sample: 0, hold-out: 0.3}
              trial: {warm-up: 10, longest: 50, renew-after: 30}
              artefacts: s3://bucket/models
            alerts: {mean-time-between-false-alarms: PT720H, smallest-shift: 0.2, stalled-after: PT1H}
            notify:
              alertmanager: http://alertmanager:9093
              alertmanager-authorization: "Bearer ${env:ALERTMANAGER}"
              resend-every: PT2M
              expire-after: PT2H
              webhook: "${file:/run/secrets/webhook}"
              webhook-authorization: "${file:/run/secrets/authorization}"
              page: http://page:8090
              docs: https://docs.plant.example
            metrics: {enabled: false, assets: [p, q]}
            csv:
              delimiter: ;
              decimal: ","
              thousands: .
              encoding: ISO-8859-1
              missing: ["-200", x]
              skip-lines: 2
              header: false
              asset: unit
              time: [date, at]
              time-format: dd.MM.yyyy HH:mm
              zone: Europe/Berlin
              channels: "{channel}"
              metric: sensor
              value: reading
              label-delay: PT1H
            kafka:
              bootstrap-servers: broker:9093
              prefix: other.
              delivery: at-least-once
              aborted-output: skip
              format: avro
              framing: confluent
              schema-registry: {url: "http://registry:8081", authorization: "${env:REGISTRY}"}
              properties: {sasl.mechanism: PLAIN}
            sources:
              - topic: plant
                format: avro
                modality: a
                records: /metrics
                only: {kind: m}
                asset: /unit
                time: {field: at, format: iso, zone: Europe/Berlin}
                channels: {x: x1, y: y1}
                metric: /name
                value: /value
                missing: ["-999", NA]
              - topic: lab
                format: json
                asset: {key: true}
                time: {field: at, unit: us}
                channels: {b.z: z}
                targets: {t: t1, u: u1}
                recorded-at: {field: known, format: iso, zone: UTC}
            flink: {state.backend.type: rocksdb}
            """;

    private static final String CONSTANTS =
            "csv: {asset: {constant: x}, time-format: {unit: PT1H}}";
    private static final String ROWS = "csv: {time: {row: PT1S}}";
    private static final String FILES = "csv: {asset: {file-name: true}}";
    private static final String TOPICS =
            """
            kafka: {format: json}
            sources:
              - topic: all
                asset: {constant: x}
                time: {record: true}
                channels: {a.x: x, "a.y(z)": y, b.x: z}
                target: t1
                recorded-at: {record: true}
              - topic: all
                only: {kind: n}
                asset: {constant: x}
                time: {record: true}
                target: t2
                recorded-at: {field: known, unit: s}
              - topic: all
                only: {kind: k}
                asset: {constant: x}
                time: {record: true}
                target: t3
                recorded-at: {delay: PT5H}
            """
                    .replace("topic: all\n    asset", "topic: all\n    only: {kind: i}\n    asset");
    private static final String LEVELS =
            "learning: {intervals: [0.5, 0.8], when: a.x > 1 or b.x <= -2}";

    @Test
    void everyKeyIsReadAndWrittenBackAsItWasGiven() throws Exception {
        Map<String, String> given = leaves(COLUMNS);
        PipelineConfig config = ConfigFile.parse(COLUMNS, "c.yaml", Map.of());
        assertThat(leaves(new ObjectMapper().writeValueAsString(ConfigFile.tree(config))))
                .containsExactlyEntriesOf(given);
        assertThat(ConfigFile.parse(ConfigFile.write(config), "printed", Map.of()))
                .isEqualTo(config);
        for (String other : List.of(CONSTANTS, ROWS, FILES, LEVELS, TOPICS)) {
            Map<String, String> more = leaves(other);
            String yaml = ConfigFileTest.SMALLEST + other;
            PipelineConfig read = ConfigFile.parse(yaml, "c.yaml", Map.of());
            assertThat(leaves(new ObjectMapper().writeValueAsString(ConfigFile.tree(read))))
                    .containsAllEntriesOf(more)
                    .containsEntry("target.name", "\"t\"");
            given.putAll(more);
        }
        given.put("target.name", "\"t\"");
        for (Key<?> key : Keys.all()) {
            assertThat(given).containsKey(key.path());
            String plain = given.get(key.path()).replace("\"", "").replace(",", ", ");
            assertThat(plain).as(key.path()).isNotEqualTo(key.defaultText());
        }
        assertThat(given).hasSameSizeAs(Keys.all());
    }

    @Test
    void aKeySaysWhatItMeansInSentences() {
        assertThat(Keys.all())
                .allSatisfy(
                        key -> {
                            assertThat(key.path()).matches("[a-z-]+(\\[])?(\\.[a-z-]+)*");
                            assertThat(key.meaning()).matches("\\[?[A-Z].*\\.").doesNotContain("|");
                            assertThat(key.since()).matches("\\d+\\.\\d+");
                        });
        assertThat(Keys.all().stream().map(Key::path)).doesNotHaveDuplicates();
    }

    @Test
    void defaultsMayFollowFromOtherKeys() {
        String yaml =
                ConfigFileTest.SMALLEST
                        + "encoder: {type: pidreg, training: {epochs: 5}, trial: {warm-up: 3000}}";
        PipelineConfig config = ConfigFile.parse(yaml, "c.yaml", Map.of());
        assertThat(config.alerts().stalledAfter()).hasHours(20);
        assertThat(config.encoder().training().learningRate()).isEqualTo(0.001);
        assertThat(config.encoder().training().patience()).isEqualTo(5);
        assertThat(config.encoder().trial().longest()).isEqualTo(3001);
        assertThat(TrainingSection.LEARNING_RATE.defaultText())
                .isEqualTo("0.1; pidreg: 0.001; piecewise: 0.0005; both: 0.0005");
        assertThat(EncoderSection.FINE_TUNE_EVERY.defaultText())
                .isEqualTo("500; pidreg: 2000; piecewise: 2000; both: 2000");
        PipelineConfig ofTrees =
                ConfigFile.parse(
                        ConfigFileTest.SMALLEST + "encoder: {type: trees}", "c.yaml", Map.of());
        assertThat(ofTrees.encoder().fineTuneEvery()).isEqualTo(500);
        assertThat(ofTrees.encoder().trial().longest()).isEqualTo(2000);
        assertThat(ofTrees.encoder().training().epochs()).isEqualTo(100);
        PipelineConfig ofBoth =
                ConfigFile.parse(
                        ConfigFileTest.SMALLEST + "encoder: {type: both, members: 4}",
                        "c.yaml",
                        Map.of());
        assertThat(ofBoth.encoder().fineTuneEvery()).isEqualTo(2000);
        assertThat(ofBoth.encoder().trial().renewAfter()).isEqualTo(250);
        assertThat(ofBoth.encoder().training().epochs()).isEqualTo(40);
        assertThat(ofBoth.encoder().members()).isEqualTo(4);
        assertThat(AlertsSection.STALLED_AFTER.defaultText()).isEqualTo("20 periods");
    }

    @Test
    void theBoundsOfAKeyAreThoseOfTheErrorAndOfThePage() {
        assertThat(problems("learning: {block: 9}"))
                .containsExactly("learning.block: 9: expected " + LearningSection.BLOCK.expected());
        assertThat(problems("encoder: {training: {weight-decay: -0.5}}"))
                .containsExactly(
                        "encoder.training.weight-decay: -0.5: expected a number of at least 0 and"
                                + " below 10");
        assertThat(problems("encoder: {trial: {warm-up: 5, longest: 5}}"))
                .containsExactly(
                        "encoder.trial.longest: 5: expected more than encoder.trial.warm-up, 5");
        assertThat(problems("csv: {asset: {}}"))
                .containsExactly("csv.asset.constant: missing: expected a text; it is required");
    }

    @Test
    void everyItemOfAListThatIsWrongIsNamed() {
        assertThat(problems("encoder: {hidden: [8, 0, x]}"))
                .containsExactly(
                        "encoder.hidden[1]: 0: expected a whole number from 1 to 65536",
                        "encoder.hidden[2]: \"x\": expected a whole number from 1 to 65536");
        assertThat(problems("learning: {levels: [asset, asset]}"))
                .containsExactly(
                        "learning.levels: [\"asset\",\"asset\"]: expected a list of levels, 1 to"
                                + " 2, each once; each one of fleet, asset");
    }

    private static List<String> problems(String section) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                ConfigFile.parse(
                                        ConfigFileTest.SMALLEST + section, "c.yaml", Map.of()))
                .problems();
    }

    /** What is written below each path of a key. */
    private static Map<String, String> leaves(String yaml) throws Exception {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect("", new YAMLMapper().readTree(yaml), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        boolean isKey = Keys.has(path) && (Keys.names(path).isEmpty() || node.isArray());
        if (isKey || node.isValueNode()) {
            leaves.merge(path, node.toString(), String::concat);
            return;
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            collect(path.isEmpty() ? name : path + "." + name, node.get(name), leaves);
        }
        if (node.isArray()) {
            Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                    .forEach(i -> collect(path + "[]", node.get(i), leaves));
        }
    }
}
