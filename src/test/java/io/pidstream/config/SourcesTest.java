package io.pidstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pidstream.mapping.MappedSamples;
import io.pidstream.mapping.MappedValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    private static final String GOOD =
            """
            sources:
              - topic: plant.telemetry
                asset: device
                time: {field: ts, unit: ms}
                channels: {inlet: t_in, outlet: t_out, flow: {rate: /f}}
                target: lab
            """;

    @Test
    void aConfigurationWithSourcesIsReadAndWrittenBack() {
        PipelineConfig config = parse(GOOD);
        assertThat(config.sources().get(0).values())
                .containsExactlyInAnyOrder(
                        new MappedValue("t_in", 0, 0, "thermal.inlet"),
                        new MappedValue("t_out", 0, 1, "thermal.outlet"),
                        new MappedValue("/f", 1, 0, "flow.rate"),
                        new MappedValue("lab", MappedValue.TARGET, 0, "purity"));
        assertThat(config.inputTopics().others()).containsExactly("plant.telemetry");
        assertThat(config.inputTopics().own()).isEmpty();
        assertThat(ConfigFile.parse(ConfigFile.write(config), "printed", Map.of()))
                .isEqualTo(config);
    }

    @Test
    void labelsStayInPidstreamsTopicIfNoSourceHasAny() {
        PipelineConfig config = parse(GOOD.replace("    target: lab\n", ""));
        assertThat(config.inputTopics().own()).containsExactly("plant.labels");
        assertThat(parse("").inputTopics().own())
                .containsExactly("plant.readings.thermal", "plant.readings.flow", "plant.labels");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(
                        problems(
                                """
                                sources:
                                  - topic: "plant telemetry"
                                    format: xml
                                    asset: $.device.id
                                    time: {field: ts}
                                    channels: {inlet: values/in, thermal.inlet: b, nothing: c}
                                    metric: m
                                  - topic: other
                                    modality: thermic
                                    time: {field: ts, format: yyyyy-QQ}
                                    recorded-at: {field: r, unit: s, zone: Mars}
                                    chanels: {}
                                """))
                .containsExactlyInAnyOrder(
                        "sources[1].chanels: unknown key: expected one of topic, format, modality,"
                                + " records, only, asset, time, channels, metric, value, missing,"
                                + " target, targets, recorded-at; did you mean channels?",
                        "sources[0].topic: plant telemetry: expected the name of a topic",
                        "sources[0].format: \"xml\": expected one of json, avro",
                        "sources[0].asset: $.device.id: expected the name of a field, or a JSON"
                                + " Pointer such as /values/inlet; did you mean /device/id?",
                        "sources[0].time.field: ts: expected a unit of s, ms, us or ns beside it,"
                                + " or a format",
                        "sources[0].channels: thermal.inlet: expected each channel once",
                        "sources[0].channels: nothing: expected one of thermal.inlet,"
                                + " thermal.outlet, flow.rate",
                        "sources[0].value: missing: expected both metric and value, or none",
                        "sources[1].modality: thermic: expected one of thermal, flow",
                        "sources[1].asset: missing: expected the name of a field, or a JSON"
                                + " Pointer such as /values/inlet; it is required",
                        "sources[1].time.format: yyyyy-QQ: expected iso or a pattern such as"
                                + " yyyy-MM-dd HH:mm:ss: yyyyy-QQ has no whole date: year yyyy,"
                                + " month MM, day dd",
                        "sources[1].recorded-at.zone: Mars: expected a time zone such as"
                                + " Europe/Berlin or +01:00",
                        "sources[1].channels: missing: expected channels, a target, or both",
                        "sources: none for channel thermal.outlet: expected one for each channel of"
                                + " a modality",
                        "sources: none for modality flow: expected one for each");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t_in|values/in|sources[0].channels.inlet: values/in: expected the name of a field,"
                        + " or a JSON Pointer such as /values/inlet; did you mean /values/in?",
                "t_in|/a~2|sources[0].channels.inlet: /a~2: expected the name of a field, or a JSON"
                        + " Pointer such as /values/inlet; in a pointer ~ is written ~0, and / in a"
                        + " name ~1",
                "asset: device|asset: {key: true, constant: x}|sources[0].asset:"
                    + " {\"key\":true,\"constant\":\"x\"}: expected {key: true} or {constant: …}",
                "field: ts, unit: ms|unit: ms|sources[0].time.field: missing: expected the field of"
                        + " the time, or {record: true} instead",
                "field: ts, unit: ms|field: ts, unit: h|sources[0].time.unit: \"h\": expected one"
                        + " of s, ms, us, ns",
                "format: json|format: avro|kafka.schema-registry.url: missing: expected the address"
                        + " of the registry with the schemas of sources in avro",
                "target: lab|targets: {lab: x}|sources[0].targets: lab: expected a field for each"
                        + " target: purity",
            })
    void namesTheKeyTheValueAndWhatWasExpected(String good, String bad, String problem) {
        String yaml = GOOD.replace("asset: device", "format: json\n    asset: device");
        assertThat(problems(yaml.replace(good, bad))).contains(problem);
    }

    @Test
    void sourcesOfOneTopicMustTellTheirRecordsApart() {
        String second =
                """
                  - topic: plant.telemetry
                    format: avro
                    asset: device
                    time: {record: true}
                    channels: {inlet: t_in}
                """;
        assertThat(problems(GOOD + second))
                .containsExactly(
                        "sources[1].format: avro: expected the one format of topic plant.telemetry",
                        "sources[1].topic: plant.telemetry: expected another topic, or 'only' in"
                                + " each source of this one",
                        "kafka.schema-registry.url: missing: expected the address of the registry"
                                + " with the schemas of sources in avro");
    }

    @Test
    void severalTopicsMayHaveLabels() {
        String lab =
                """
                  - topic: lab
                    asset: device
                    time: {record: true}
                    target: x
                """;
        PipelineConfig config = parse(GOOD + lab);
        assertThat(config.inputTopics().labels()).containsExactly("plant.telemetry", "lab");
        assertThat(config.inputTopics().hasOwnLabels()).isFalse();
    }

    private static PipelineConfig parse(String sources) {
        return ConfigFile.parse(MappedSamples.PLANT + sources, "c.yaml", Map.of());
    }

    private static List<String> problems(String sources) {
        return catchThrowableOfType(ConfigurationException.class, () -> parse(sources)).problems();
    }
}
