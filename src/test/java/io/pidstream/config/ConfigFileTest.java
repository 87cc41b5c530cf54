package io.pidstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class ConfigFileTest {
    public static final String SMALLEST =
            """
            name: small
            modalities:
              - {name: a, channels: [x, "y(z)"]}
              - {name: b, channels: [x]}
            target: {name: t}
            alignment: {period: PT1H}
            """;

    @Test
    void aConditionNamesChannels() {
        assertThat(problems(SMALLEST, Map.of("learning.when", "speed > 1")))
                .singleElement()
                .asString()
                .contains("learning.when: speed > 1")
                .contains("'speed' is none");
        assertThat(problems(SMALLEST, Map.of("learning.when", "x > 1")))
                .singleElement()
                .asString()
                .contains("'x' may be a.x or b.x");
    }

    @Test
    void fillsInEveryDefault() {
        PipelineConfig config = ConfigFile.parse(SMALLEST, "c.yaml", Map.of());
        assertThat(config.learning().halfLives())
                .containsExactly(
                        Duration.ofHours(30),
                        Duration.ofHours(100),
                        Duration.ofHours(300),
                        Duration.ofHours(1000),
                        Duration.ofHours(5000));
        assertThat(config.learning().explanationHalfLife()).isEqualTo(Duration.ofHours(1000));
        assertThat(config.kafka().prefix()).isEqualTo("small.");
        assertThat(config.target().maxDelay()).isEqualTo(Duration.ofHours(48));
        assertThat(config.csv().channels()).isEqualTo("{modality}.{channel}");
    }

    @Test
    void theTargetMayHaveBounds() {
        PipelineConfig.Target target =
                ConfigFile.parse(SMALLEST, "c.yaml", Map.of("target.min", "0")).target();
        assertThat(target.min()).isEqualTo(0.0);
        assertThat(target.max()).isNull();
        assertThat(problems(SMALLEST, Map.of("target.min", "1", "target.max", "1")))
                .containsExactly("target.max: 1.0: expected a number above target.min, 1");
        assertThat(problems(SMALLEST, Map.of("target.max", "full")))
                .containsExactly("target.max: \"full\": expected a number");
    }

    @Test
    void theHistoryIsAModalityWhereThereIsRoomForItAndTheRowsAreAStream() {
        PipelineConfig config = ConfigFile.parse(SMALLEST, "c.yaml", Map.of());
        assertThat(config.target().history()).isTrue();
        assertThat(config.target().historyOfRows()).isFalse();
        PipelineConfig given =
                ConfigFile.parse(SMALLEST, "c.yaml", Map.of("target.history", "true"));
        assertThat(given.target().historyOfRows()).isTrue();
        assertThat(
                        ConfigFile.parse(SMALLEST, "c.yaml", Map.of("csv.time", "{row: PT1S}"))
                                .target()
                                .history())
                .isFalse();
        String six =
                IntStream.range(0, 6)
                        .mapToObj("{name: m%d, channels: [c]}"::formatted)
                        .collect(Collectors.joining(", ", "[", "]"));
        assertThat(
                        ConfigFile.parse(SMALLEST, "c.yaml", Map.of("modalities", six))
                                .target()
                                .history())
                .isFalse();
        String named = "[{name: a, channels: [x]}, {name: history, channels: [x]}]";
        assertThat(
                        ConfigFile.parse(SMALLEST, "c.yaml", Map.of("modalities", named))
                                .target()
                                .history())
                .isFalse();
    }

    @Test
    void whatIsPrintedReadsBackAsTheSame() {
        PipelineConfig config =
                ConfigFile.parse(
                        SMALLEST,
                        "c.yaml",
                        Map.of(
                                "csv.asset", "{constant: site-1}",
                                "csv.time-format", "{unit: PT1H}",
                                "kafka.properties.sasl.jaas.config", "${env:JAAS}",
                                "flink.state.backend.type", "rocksdb"));
        assertThat(ConfigFile.parse(ConfigFile.write(config), "printed", Map.of()))
                .isEqualTo(config);
        assertThat(config.kafka().properties()).containsEntry("sasl.jaas.config", "${env:JAAS}");
        assertThat(config.flink()).containsEntry("state.backend.type", "rocksdb");
    }

    @Test
    void aTableWithoutTimeHasARowStepAndNoFormat() {
        PipelineConfig config =
                ConfigFile.parse(SMALLEST, "c.yaml", Map.of("csv.time", "{row: PT1S}"));
        assertThat(config.csv().hasTime()).isFalse();
        assertThat(config.csv().rowStep()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ConfigFile.parse(ConfigFile.write(config), "printed", Map.of()))
                .isEqualTo(config);
        assertThat(problems(SMALLEST, Map.of("csv.time", "{row: PT1S}", "csv.time-format", "iso")))
                .containsExactly(
                        "csv.time-format: \"iso\": expected none where csv.time is a row's");
    }

    @Test
    void aPasswordInTheFileIsNotPrinted() {
        PipelineConfig config =
                ConfigFile.parse(
                        SMALLEST, "c.yaml", Map.of("kafka.properties.ssl.key.password", "s3cr3t"));
        assertThat(config.kafka().properties()).containsEntry("ssl.key.password", "s3cr3t");
        assertThat(ConfigFile.write(config)).doesNotContain("s3cr3t").contains("(hidden)");
        assertThat(config.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void aPlaceholderIsPrintedAndTheTextNextToItIsHidden() {
        String module = "o.a.ScramLoginModule required username=\"me\" password=";
        assertThat(printed("kafka.properties.sasl.jaas.config", module + "\"${env:P}\";"))
                .contains("${env:P}")
                .contains("me");
        assertThat(printed("kafka.properties.sasl.jaas.config", module + "\"s3cr3t${env:P}\";"))
                .doesNotContain("s3cr3t");
        assertThat(
                        printed(
                                "kafka.properties.sasl.jaas.config",
                                "o.a.M required username=${env:U} password=s3cr3t;"))
                .doesNotContain("s3cr3t");
        assertThat(printed("kafka.properties.ssl.keystore.key", "s3cr3t")).contains("(hidden)");
        assertThat(printed("flink.s3.secret-key", "s3cr3t")).contains("(hidden)");
        assertThat(printed("flink.s3.access-key", "s3cr3t")).contains("(hidden)");
    }

    private static String printed(String key, String value) {
        return ConfigFile.write(
                ConfigFile.parse(
                        SMALLEST, "c.yaml", Map.of(key, "'" + value.replace("'", "''") + "'")));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        String yaml =
                """
                name: small
                modalities:
                  - {name: a, channels: [x]}
                target: {nmae: t}
                alignment: {period: 1 hour, agregate: mean}
                learning: {block: 3, interval: 90}
                """;
        assertThat(problems(yaml, Map.of()))
                .anyMatch(p -> p.startsWith("modalities: 1 of them: expected 2 to 6 modalities"))
                .anyMatch(
                        p ->
                                p.startsWith("target.nmae: unknown key: expected one of name,")
                                        && p.endsWith("did you mean name?"))
                .anyMatch(p -> p.startsWith("target.name: missing"))
                .anyMatch(
                        p ->
                                p.startsWith(
                                        "alignment.period: \"1 hour\": expected a duration such as"
                                                + " 24h"))
                .anyMatch(p -> p.endsWith("did you mean aggregate?"))
                .anyMatch(p -> p.startsWith("learning.block: 3: expected a whole number from 10"))
                .anyMatch(p -> p.startsWith("learning.interval: 90: expected a number above 0"))
                .hasSize(7);
    }

    @Test
    void signsAreOverriddenAsTheyAre() {
        for (String sign : List.of("|", "\t", ";", "-", ":", "#")) {
            PipelineConfig.CsvText text =
                    ConfigFile.parse(
                                    SMALLEST,
                                    "c.yaml",
                                    Map.of("csv.delimiter", sign, "csv.decimal", ","))
                            .csv()
                            .text();
            assertThat(text.delimiter()).isEqualTo(sign.charAt(0));
            assertThat(text.decimal()).isEqualTo(',');
        }
    }

    @Test
    void overridesCreateWhatIsNotThere() {
        PipelineConfig config =
                ConfigFile.parse(
                        SMALLEST,
                        "c.yaml",
                        Map.of("learning.levels", "[asset]", "target.history", "true"));
        assertThat(config.learning().levels()).containsExactly(PipelineConfig.Level.ASSET);
        assertThat(config.target().history()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "alignment.period,        PT0S,          alignment.period",
        "alignment.aggregate,     max,           alignment.aggregate",
        "learning.levels,         '[plant]',     'learning.levels[0]'",
        "learning.half-lives,     '[PT1H, x]',   'learning.half-lives[1]'",
        "kafka.delivery,          once,          kafka.delivery",
        "kafka.prefix,            'a/b',         kafka.prefix",
        "encoder.device,          tpu,           encoder.device",
        "csv.time-format,         'qqqq!{',      csv.time-format",
        "csv.time-format,         'HH:mm',       csv.time-format",
        "csv.time-format,         '{unit: 0s}',  csv.time-format.unit",
        "csv.time,                '[a, b, c]',   csv.time",
        "csv.asset,               '{file-name: false}', csv.asset.file-name",
        "csv.delimiter,           ';;',          csv.delimiter",
        "csv.delimiter,           x,             csv.delimiter",
        "csv.decimal,             ';',           csv.decimal",
        "csv.decimal,             ',',           csv.decimal",
        "csv.thousands,           '.',           csv.thousands",
        "csv.encoding,            UTF-9,         csv.encoding",
        "csv.zone,                Mars,          csv.zone",
        "csv.value,               v,             csv.value",
        "csv.metric,              m,             csv.value",
        "csv.time,                '{row: 0}',    csv.time.row",
        "csv.time,                '{rows: 1}',   csv.time.rows",
        "csv.channels,            channel,       csv.channels",
        "name,                    'a b',         name",
        "target,                  t,             target",
    })
    void namesTheKeyOfAWrongValue(String key, String value, String named) {
        assertThat(problems(SMALLEST, Map.of(key, value)))
                .anyMatch(p -> p.startsWith(named + ": ") && p.contains(": expected "));
    }

    @Test
    void saysWhereTheYamlIsBroken() {
        assertThat(problems("name: a\nmodalities: [\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith("c.yaml: line ");
        assertThat(problems("name: a\nname: b\n", Map.of()))
                .singleElement()
                .asString()
                .contains("line 2");
    }

    @Test
    void reportsAMissingFile(@TempDir Path directory) {
        assertThat(
                        catchThrowableOfType(
                                        ConfigurationException.class,
                                        () -> ConfigFile.read(directory, Map.of()))
                                .problems())
                .singleElement()
                .asString()
                .endsWith("expected a YAML file, not a directory");
        assertThat(
                        catchThrowableOfType(
                                        ConfigurationException.class,
                                        () ->
                                                ConfigFile.read(
                                                        directory.resolve("no.yaml"), Map.of()))
                                .problems())
                .singleElement()
                .asString()
                .endsWith("expected a YAML file; there is none");
    }

    private static List<String> problems(String yaml, Map<String, String> overrides) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> ConfigFile.parse(yaml, "c.yaml", overrides))
                .problems();
    }
}
