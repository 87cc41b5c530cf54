package io.pidstream.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.pidstream.yardstick.Skill;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The overview of the fleet, as JSON. */
final class OverviewJson {
    /** Rows of the table of assets; those with open alerts and large errors first. */
    private static final int MOST_ASSETS = 500;

    private static final int MOST_ALERTS = 100;

    /** Points of the small curve in a row. */
    private static final int SPARK = 60;

    static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

    private final OutputStore store;
    private final Clock clock;

    /**
     * @param clock of this machine, by which predictions arrive
     */
    OverviewJson(OutputStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    String render() {
        return store.read(
                () -> {
                    StringWriter text = new StringWriter();
                    try (JsonGenerator json = JSON.createGenerator(text)) {
                        json.writeStartObject();
                        json.writeNumberField("revision", store.revision());
                        about(json, store.subject());
                        status(json);
                        raws(json, "versions", store.versions(), OutputStore.Version::json);
                        raw(json, "fleet", store.fleet().full());
                        raws(json, "fleetBlocks", store.fleet().history(), Blocks.Block::outline);
                        alerts(json);
                        words(json);
                        assets(json);
                        json.writeEndObject();
                    } catch (IOException e) {
                        throw new UncheckedIOException("a string can always be written to", e);
                    }
                    return text.toString();
                });
    }

    static void about(JsonGenerator json, Subject subject) throws IOException {
        json.writeStringField("name", subject.name());
        json.writeStringField("unit", subject.unit());
        texts(json, "targets", subject.targets());
        texts(json, "modalities", subject.modalities());
        json.writeNumberField("period", subject.period().toMillis());
        json.writeNumberField("interval", subject.interval());
        json.writeArrayFieldStart("intervals");
        for (double level : subject.intervals()) {
            json.writeNumber(level);
        }
        json.writeEndArray();
    }

    private void status(JsonGenerator json) throws IOException {
        FeedStatus status = store.status();
        json.writeObjectFieldStart("status");
        json.writeStringField("state", status.state().name());
        json.writeNumberField("since", status.since().toEpochMilli());
        json.writeStringField("detail", status.detail());
        json.writeNumberField("predictions", store.predictions());
        json.writeNumberField("unseen", store.unseen());
        json.writeNumberField("now", clock.millis());
        instant(json, "newest", store.newestTime());
        instant(json, "arrived", store.arrived());
        json.writeEndObject();
    }

    private static void instant(JsonGenerator json, String name, long millis) throws IOException {
        json.writeFieldName(name);
        if (millis == OutputStore.NEVER) {
            json.writeNull();
        } else {
            json.writeNumber(millis);
        }
    }

    private void words(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("words");
        words(json, store.accuracy(), store.awaited(), store.subject(), store.fleet());
        json.writeFieldName("extent");
        Sentences.extent(store.subject(), store.predictions(), store.assets().size()).write(json);
        json.writeEndObject();
    }

    /** The sentences about an asset or the fleet. */
    static void words(
            JsonGenerator json, Accuracy accuracy, Awaited awaited, Subject subject, Blocks blocks)
            throws IOException {
        json.writeFieldName("goodness");
        Sentences.goodness(accuracy, subject).write(json);
        json.writeFieldName("skill");
        Sentences.skill(accuracy.yardsticks(), subject).write(json);
        json.writeFieldName("awaited");
        Sentences.awaited(awaited, accuracy.foreseen(), subject).write(json);
        json.writeFieldName("origin");
        blocks.origin().write(json);
        json.writeFieldName("advice");
        blocks.advice().write(json);
    }

    private void alerts(JsonGenerator json) throws IOException {
        List<AlertEntry> alerts = store.alerts();
        json.writeNumberField("openAlerts", alerts.stream().filter(AlertEntry::open).count());
        List<AlertEntry> shown =
                alerts.stream()
                        .sorted(Comparator.comparing(alert -> !alert.open()))
                        .limit(MOST_ALERTS)
                        .toList();
        raws(json, "alerts", shown, AlertEntry::json);
    }

    private void assets(JsonGenerator json) throws IOException {
        Map<String, Integer> open = new HashMap<>();
        for (AlertEntry alert : store.alerts()) {
            if (alert.open()) {
                open.merge(alert.asset(), 1, Integer::sum);
            }
        }
        json.writeNumberField("assetCount", store.assets().size());
        List<Map.Entry<String, AssetBook>> rows =
                store.assets().entrySet().stream()
                        .sorted(
                                Comparator.comparing(
                                                (Map.Entry<String, AssetBook> e) ->
                                                        -open.getOrDefault(e.getKey(), 0))
                                        .thenComparing(e -> -error(e.getValue()))
                                        .thenComparing(Map.Entry::getKey))
                        .limit(MOST_ASSETS)
                        .toList();
        json.writeArrayFieldStart("assets");
        for (Map.Entry<String, AssetBook> row : rows) {
            json.writeStartObject();
            json.writeStringField("asset", row.getKey());
            json.writeNumberField("openAlerts", open.getOrDefault(row.getKey(), 0));
            asset(json, row.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static double error(AssetBook book) {
        double error = book.errors(0).meanAbsoluteError();
        return Double.isNaN(error) ? -1 : error;
    }

    private static void asset(JsonGenerator json, AssetBook book) throws IOException {
        json.writeNumberField("predictions", book.predictions());
        instant(json, "arrived", book.arrived());
        PointSeries points = book.points();
        int last = points.size() - 1;
        if (last >= 0) {
            json.writeNumberField("time", points.time(last));
            json.writeBooleanField("running", points.isRunning(last));
            number(json, "prediction", points.value(last, 0, PointSeries.PREDICTION));
            number(json, "lower", points.value(last, 0, PointSeries.LOWER));
            number(json, "upper", points.value(last, 0, PointSeries.UPPER));
            number(json, "expectedError", points.value(last, 0, PointSeries.EXPECTED_ERROR));
            awaited(json, points.awaited(0));
        }
        if (book.newestLabel() != null) {
            number(json, "truth", book.newestLabel().getValue());
            json.writeNumberField("truthTime", book.newestLabel().getTime().toEpochMilli());
        }
        accuracy(json, book.errors(0).count(), book.errors(0).accuracy());
        raw(
                json,
                "explanation",
                book.blocks().newest() == null ? null : book.blocks().newest().outline());
        spark(json, points);
    }

    /**
     * @param labelled labelled predictions so far
     */
    static void accuracy(JsonGenerator json, long labelled, Accuracy accuracy) throws IOException {
        json.writeNumberField("labelled", labelled);
        json.writeNumberField("recent", accuracy.labels());
        number(json, "mae", accuracy.meanAbsoluteError());
        number(json, "coverage", accuracy.coverage());
        number(json, "spread", accuracy.spread());
        json.writeObjectFieldStart("foreseen");
        number(json, "expected", accuracy.foreseen().expected());
        number(json, "cameOut", accuracy.foreseen().cameOut());
        json.writeEndObject();
        Optional<Skill> skill = accuracy.yardsticks().skill();
        json.writeStringField("yardstick", skill.map(s -> s.against().key()).orElse(null));
        number(
                json,
                "yardstickMae",
                skill.map(s -> accuracy.yardsticks().meanAbsoluteError(s.against()))
                        .orElse(Double.NaN));
        number(json, "skill", skill.map(Skill::share).orElse(Double.NaN));
        number(json, "skillBits", skill.map(Skill::bits).orElse(Double.NaN));
    }

    static void awaited(JsonGenerator json, Awaited awaited) throws IOException {
        json.writeObjectFieldStart("awaited");
        json.writeNumberField("frames", awaited.frames());
        number(json, "expectedError", awaited.expectedError());
        json.writeEndObject();
    }

    private static void spark(JsonGenerator json, PointSeries points) throws IOException {
        json.writeArrayFieldStart("spark");
        int from = Math.max(0, points.size() - SPARK);
        for (int i = from; i < points.size(); i++) {
            number(json, points.value(i, 0, PointSeries.PREDICTION));
        }
        json.writeEndArray();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static <T> void raws(
            JsonGenerator json,
            String name,
            Iterable<T> all,
            java.util.function.Function<T, String> text)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : all) {
            json.writeRawValue(text.apply(each));
        }
        json.writeEndArray();
    }

    static void raw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeRawValue(text);
        }
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        number(json, value);
    }

    /** As many digits as a chart can show; null where it is not finite. */
    static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber((float) value);
        } else {
            json.writeNull();
        }
    }
}
