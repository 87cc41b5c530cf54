package io.pidstream.mapping;

import static io.pidstream.mapping.MappedSamples.PLANT;
import static io.pidstream.mapping.MappedSamples.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.mapping.MappedSamples.Result;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicMapperTest {
    private static final Instant TIME = Instant.parse("2023-11-14T22:13:20Z");

    private static final String WIDE =
            PLANT
                    + """
                    sources:
                      - topic: t
                        asset: /device/id
                        time: {field: ts, unit: s}
                        channels: {inlet: /values/in, thermal.outlet: /values/out, rate: /values/1~1s}
                    """;

    private static final String LONG =
            PLANT
                    + """
                    sources:
                      - topic: t
                        asset: device
                        time: {field: ts, unit: ms}
                        metric: metric
                        value: value
                        channels: {inlet: t/in, outlet: t/out, rate: flow}
                        target: lab
                        recorded-at: {field: known, format: iso}
                    """;

    @Test
    void oneMessageYieldsAReadingPerModality() {
        Result result =
                map(
                        WIDE,
                        null,
                        """
                        {"device": {"id": "press-1"}, "ts": 1700000000.25,
                         "values": {"in": 1.5, "out": "2.5", "1/s": true, "other": [1]}}
                        """);
        Instant time = TIME.plusMillis(250);
        assertThat(result.all()).hasSize(2);
        assertThat(result.readings())
                .containsExactly(
                        reading("press-1", "thermal", time, 1.5, 2.5),
                        reading("press-1", "flow", time, 1.0));
    }

    @Test
    void missingValuesAreMissingAndAModalityWithoutFieldsHasNoReading() {
        Result result =
                map(
                        WIDE,
                        null,
                        message("{\"in\": null, \"out\": 1}"),
                        message("{\"in\": NaN, \"out\": \"\"}"),
                        message("{\"1/s\": \"-1.5e2\"}"));
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, null, 1.0),
                        reading("p", "thermal", TIME, null, null),
                        reading("p", "flow", TIME, -150.0));
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void marksOfMissingValuesAreTextsInAnyCaseAndNumbersHoweverWritten() {
        Result result =
                map(
                        WIDE + "    missing: [-999, NA, bad value]\n",
                        null,
                        message("{\"in\": -999.0, \"out\": \"-999\", \"1/s\": -9999}"),
                        message("{\"in\": \"na\", \"out\": \" Bad Value \", \"1/s\": \"-9.99e2\"}"),
                        message("{\"in\": \"nab\"}"));
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, null, null),
                        reading("p", "flow", TIME, -9999.0),
                        reading("p", "thermal", TIME, null, null),
                        reading("p", "flow", TIME, (Double) null));
        assertThat(result.problems()).singleElement().asString().contains("/values/in is 'nab'");
    }

    @Test
    void aTargetThatIsMarkedAsMissingIsNoLabel() {
        Result result =
                map(
                        LONG + "    missing: [-999]\n",
                        null,
                        "{\"device\":\"p\",\"ts\":1700000000000,\"metric\":\"lab\",\"value\":-999}");
        assertThat(result.all()).isEmpty();
    }

    @Test
    void anArrayIsAsManyRecords() {
        String two = "[" + message("{\"in\":1,\"out\":2}") + ",7," + message("{\"1/s\":3}") + "]";
        Result result = map(WIDE, null, two, "[]");
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, 1.0, 2.0), reading("p", "flow", TIME, 3.0));
        assertThat(result.problems())
                .containsExactly(
                        "t, partition 2, offset 0: record 2 of 3: the record is 7; expected an"
                                + " object with fields");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'device':{},'ts':1,'values':{'in':1}}|/device/id is missing; expected the name of"
                        + " an asset",
                "{'device':{'id':[1]},'ts':1,'values':{'in':1}}|/device/id is an array; expected"
                        + " the name of an asset",
                "{'device':{'id':'p'},'values':{'in':1}}|ts is missing; expected a number that"
                        + " counts seconds since 1970",
                "{'device':{'id':'p'},'ts':'soon','values':{'in':1}}|ts is 'soon'; expected a"
                        + " number that counts seconds since 1970",
                "{'device':{'id':'p'},'ts':1,'values':{'in':'1d'}}|/values/in is '1d'; expected a"
                        + " number, a number as text, true, false or null",
                "{'device':{'id':'p'},'ts':1,'values':{'in':{}}}|/values/in is an object; expected"
                        + " a number, a number as text, true, false or null",
                "{'device':{'id':'p'},'ts':1}|none of the mapped fields is there: expected at least"
                        + " one of /values/in, /values/out, /values/1~1s",
                "{'device':{'id':'*'},'ts':1,'values':{'1/s':1}}|asset is *; expected another name,"
                        + " * is reserved for the whole fleet",
                "{'device':{'id':'p'},'ts':1,'values':{'1/s':Infinity}}|channel rate is Infinity;"
                        + " expected a finite number, or null for a missing value",
                "{'device':|the value is not JSON: Unexpected end-of-input within/between Object"
                        + " entries at line 1, column 11",
                "17|the record is 17; expected an object with fields",
                "''|the value is empty; expected JSON",
            })
    void aDeadLetterNamesTheFieldAndWhatWasExpected(String message, String problem) {
        Result result = map(WIDE, null, message.replace('\'', '"'));
        assertThat(result.all()).hasSize(1);
        assertThat(result.problems()).containsExactly("t, partition 2, offset 0: " + problem);
    }

    @Test
    void aFieldThatDoesNotFitLeavesTheOtherModalities() {
        Result result = map(WIDE, null, message("{\"in\": \"x\", \"1/s\": 4}"));
        assertThat(result.readings()).containsExactly(reading("p", "flow", TIME, 4.0));
        assertThat(result.problems()).hasSize(1);
    }

    /** An array of many bad records would otherwise be written as often as it has records. */
    @Test
    void aMessageHasOneDeadLetterAtMost() {
        String bad = "{\"device\":{\"id\":\"p\"}}";
        Result result = map(WIDE, null, "[" + bad + "," + bad + "," + bad + "]");
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("t, partition 2, offset 0: record 1 of 3: none of the mapped fields")
                .endsWith("; 2 more parts of this message do not fit");
    }

    @Test
    void envelopesOfConnectAreUnwrappedAndTombstonesCounted() {
        String payload = message("{\"1/s\": 1}");
        Result result =
                map(
                        WIDE,
                        null,
                        "{\"schema\":{\"type\":\"struct\"},\"payload\":" + payload + "}",
                        "{\"schema\":null,\"payload\":null}",
                        "null",
                        null);
        assertThat(result.readings()).containsExactly(reading("p", "flow", TIME, 1.0));
        assertThat(result.all()).hasSize(1);
        assertThat(result.ignored())
                .containsExactly(Ignored.TOMBSTONE, Ignored.TOMBSTONE, Ignored.TOMBSTONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p|p",
                "\"p\"|p",
                "{\"schema\":{},\"payload\":\"p\"}|p",
                "plant/press 1|plant/press 1"
            })
    void theKeyIsTheAssetAsTextOrAsConnectWritesIt(String key, String asset) {
        String yaml = WIDE.replace("asset: /device/id", "asset: {key: true}");
        assertThat(map(yaml, key, message("{\"1/s\": 1}")).readings())
                .extracting(Reading::getAsset)
                .containsExactly(asset);
    }

    @Test
    void withoutAKeyThereIsNoAsset() {
        String yaml = WIDE.replace("asset: /device/id", "asset: {key: true}");
        assertThat(map(yaml, null, message("{\"1/s\": 1}")).problems())
                .containsExactly(
                        "t, partition 2, offset 0: the key is missing; expected the name of an"
                                + " asset");
    }

    @Test
    void theAssetMayBeConstantAndTheTimeThatOfTheRecord() {
        String yaml =
                WIDE.replace("asset: /device/id", "asset: {constant: site}")
                        .replace("time: {field: ts, unit: s}", "time: {record: true}");
        assertThat(map(yaml, null, "{\"values\":{\"1/s\":1}}").readings())
                .containsExactly(
                        reading("site", "flow", Instant.ofEpochMilli(MappedSamples.WRITTEN), 1.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit: ms|1700000000000",
                "unit: us|1700000000000000",
                "unit: ns|1700000000000000000",
                "unit: s|1.7e9",
                "unit: s|\"1700000000\"",
                "format: iso|\"2023-11-14T23:13:20+01:00\"",
                "format: 'dd.MM.yyyy HH:mm:ss', zone: Europe/Berlin|\"14.11.2023 23:13:20\"",
            })
    void timesAreReadAsTheyAreWritten(String form, String written) {
        String yaml = WIDE.replace("unit: s", form);
        String message =
                "{\"device\":{\"id\":\"p\"},\"ts\":%s,\"values\":{\"1/s\":1}}".formatted(written);
        assertThat(map(yaml, null, message).readings())
                .extracting(Reading::getTime)
                .containsExactly(TIME);
    }

    @Test
    void aMetricIsOneChannelOfItsModality() {
        Result result =
                map(LONG, null, metric("t/in", "1"), metric("flow", "2"), metric("humidity", "3"));
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, 1.0, null), reading("p", "flow", TIME, 2.0));
        assertThat(result.ignored()).containsExactly(Ignored.UNMAPPED);
    }

    @Test
    void metricsOfOneMessageAndTimeAreOneReading() {
        String yaml = LONG.replace("metric: metric", "metric: metric\n    records: /metrics");
        Result result =
                map(
                        yaml,
                        null,
                        """
                        {"device": "p", "ts": 1700000000000, "metrics": [
                          {"metric": "t/in", "value": 1}, {"metric": "flow", "value": 3},
                          {"metric": "t/out", "value": 2},
                          {"metric": "t/out", "value": 5, "ts": 1700000001000}]}
                        """,
                        "{\"device\": \"p\"}");
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, 1.0, 2.0),
                        reading("p", "flow", TIME, 3.0),
                        reading("p", "thermal", TIME.plusSeconds(1), null, 5.0));
        assertThat(result.problems())
                .containsExactly(
                        "t, partition 2, offset 1: /metrics is missing; expected an array of"
                                + " records");
    }

    @Test
    void aMetricMayBeTheTarget() {
        String lab = metric("lab", "0.97").replace("}", ",\"known\":\"2023-11-15T08:00:00Z\"}");
        assertThat(map(LONG, null, lab).labels())
                .containsExactly(
                        new Label(
                                "p", TIME, Instant.parse("2023-11-15T08:00:00Z"), 0.97, List.of()));
        assertThat(map(LONG, null, metric("lab", "0.97")).problems())
                .containsExactly(
                        "t, partition 2, offset 0: known is missing; expected a time like"
                                + " 2024-01-31T12:00:00Z or 2024-01-31 12:00:00");
    }

    @Test
    void aLabelIsKnownWhenItsRecordWasWrittenButNotBeforeItsTime() {
        String yaml =
                LONG.replace(
                        "recorded-at: {field: known, format: iso}", "recorded-at: {record: true}");
        assertThat(map(yaml, null, metric("lab", "1")).labels())
                .extracting(Label::getRecordedAt)
                .containsExactly(Instant.ofEpochMilli(MappedSamples.WRITTEN));
        String ahead = metric("lab", "1").replace("1700000000000", "1700000200000");
        assertThat(map(yaml, null, ahead).labels())
                .extracting(Label::getRecordedAt)
                .containsExactly(TIME.plusSeconds(200));
        String delayed =
                LONG.replace(
                        "recorded-at: {field: known, format: iso}", "recorded-at: {delay: PT2H}");
        assertThat(map(delayed, null, metric("lab", "1")).labels())
                .extracting(Label::getRecordedAt)
                .containsExactly(TIME.plusSeconds(7200));
    }

    @Test
    void aLabelNeedsEveryTarget() {
        String yaml =
                PLANT.replace("{name: purity}", "{names: [purity, yield]}")
                        + """
                        sources:
                          - topic: t
                            asset: a
                            time: {field: t, unit: s}
                            channels: {inlet: i, outlet: o, rate: r}
                            targets: {purity: p, yield: y}
                        """;
        Result result =
                map(
                        yaml,
                        null,
                        "{\"a\":\"p\",\"t\":1700000000,\"p\":1,\"y\":2}",
                        "{\"a\":\"p\",\"t\":1700000000,\"p\":null,\"y\":null}",
                        "{\"a\":\"p\",\"t\":1700000000,\"p\":1}");
        assertThat(result.labels()).hasSize(1);
        assertThat(result.labels().get(0).getFurther()).containsExactly(2.0);
        assertThat(result.problems())
                .containsExactly(
                        "t, partition 2, offset 2: target yield is missing; expected a number for"
                                + " every target: purity, yield");
    }

    @Test
    void recordsOfOneTopicAreToldApart() {
        String yaml =
                PLANT
                        + """
                        sources:
                          - topic: t
                            only: {/name: temperature}
                            modality: thermal
                            asset: /tags/host
                            time: {field: timestamp, unit: s}
                            channels: {inlet: /fields/in, outlet: /fields/out}
                          - topic: t
                            only: {/name: flow}
                            asset: /tags/host
                            time: {field: timestamp, unit: s}
                            channels: {rate: /fields/value}
                        """;
        String telegraf =
                "{\"fields\":{%s},\"name\":\"%s\",\"tags\":{\"host\":\"p\"},\"timestamp\":1700000000}";
        Result result =
                map(
                        yaml,
                        null,
                        telegraf.formatted("\"in\":1,\"out\":2", "temperature"),
                        telegraf.formatted("\"value\":3", "flow"),
                        telegraf.formatted("\"value\":4", "cpu"));
        assertThat(result.readings())
                .containsExactly(
                        reading("p", "thermal", TIME, 1.0, 2.0), reading("p", "flow", TIME, 3.0));
        assertThat(result.problems()).isEmpty();
        assertThat(result.ignored()).containsExactly(Ignored.EXCLUDED);
    }

    @Test
    void deepAndLongMessagesAreRefused() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(map(WIDE, null, deep).problems())
                .singleElement()
                .asString()
                .contains("the value is not JSON: Document nesting depth (65) exceeds the maximum");
        assertThat(map(WIDE, null, message("{\"in\": " + "1".repeat(500) + "}")).problems())
                .singleElement()
                .asString()
                .contains("Number value length (500) exceeds the maximum allowed");
        assertThat(map(WIDE, null, "{} {}").problems())
                .singleElement()
                .asString()
                .contains("the value is not JSON: Trailing token");
    }

    private static String message(String values) {
        return "{\"device\":{\"id\":\"p\"},\"ts\":1700000000,\"values\":" + values + "}";
    }

    private static String metric(String name, String value) {
        return "{\"device\":\"p\",\"ts\":1700000000000,\"metric\":\"%s\",\"value\":%s}"
                .formatted(name, value);
    }

    private static Reading reading(String asset, String modality, Instant time, Double... values) {
        return new Reading(asset, modality, time, Arrays.asList(values));
    }
}
