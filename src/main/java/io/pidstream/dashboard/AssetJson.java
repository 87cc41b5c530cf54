package io.pidstream.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pidstream.event.Fleet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** One asset, as JSON: all of it, or the changes since a revision. */
public final class AssetJson {
    private final OutputStore store;

    public AssetJson(OutputStore store) {
        this.store = store;
    }

    /**
     * All that is kept of an asset; empty where nothing is.
     *
     * @param target index of the target
     * @param most largest number of points; more are thinned evenly
     */
    Optional<String> whole(String asset, int target, int most) {
        return render(
                asset, (json, book) -> whole(json, book, target, most, accuracy(book, target)));
    }

    /**
     * All that is kept of an asset, of its first target; empty where nothing is.
     *
     * @param most largest number of points; more are thinned evenly
     * @param accuracy over a whole run, instead of that of the newest labels
     */
    public Optional<String> whole(String asset, int most, Accuracy accuracy) {
        return render(asset, (json, book) -> whole(json, book, 0, most, accuracy));
    }

    private void whole(JsonGenerator json, AssetBook book, int target, int most, Accuracy accuracy)
            throws IOException {
        about(json, book, target, accuracy);
        points(json, book, target, Thinning.of(book.points(), target, most));
        OverviewJson.raw(json, "explanation", book.blocks().full());
        OverviewJson.raws(json, "blocks", book.blocks().history(), Blocks.Block::outline);
        happenings(json, book.asset());
    }

    /**
     * What a chart of predictions and truth needs, which is half of the whole; empty where nothing
     * is kept of the asset.
     *
     * @param target index of the target
     * @param most largest number of points; more are thinned evenly
     */
    Optional<String> forecast(String asset, int target, int most) {
        return render(
                asset,
                (json, book) -> {
                    about(json, book, target, accuracy(book, target));
                    json.writeObjectFieldStart("points");
                    forecast(json, book.points(), target, Thinning.of(book.points(), target, most));
                    json.writeEndObject();
                    happenings(json, asset);
                });
    }

    private static Accuracy accuracy(AssetBook book, int target) {
        return book.errors(target).accuracy();
    }

    private void about(JsonGenerator json, AssetBook book, int target, Accuracy accuracy)
            throws IOException {
        OverviewJson.about(json, store.subject());
        json.writeNumberField("target", target);
        json.writeNumberField("predictions", book.predictions());
        accuracy(json, book, target, accuracy);
    }

    private void accuracy(JsonGenerator json, AssetBook book, int target, Accuracy accuracy)
            throws IOException {
        Awaited awaited = book.points().awaited(target);
        OverviewJson.accuracy(json, book.errors(target).count(), accuracy);
        OverviewJson.awaited(json, awaited);
        json.writeObjectFieldStart("words");
        OverviewJson.words(json, accuracy, awaited, store.subject(), book.blocks());
        json.writeFieldName("channels");
        Sentences.channels(book.channels(target), target == 0 ? store.subject().unit() : "")
                .write(json);
        json.writeEndObject();
    }

    /** Alerts on an asset or on the fleet, and model versions. */
    private void happenings(JsonGenerator json, String asset) throws IOException {
        List<AlertEntry> alerts =
                store.alerts().stream()
                        .filter(alert -> alert.asset().equals(asset) || Fleet.is(alert.asset()))
                        .toList();
        OverviewJson.raws(json, "alerts", alerts, AlertEntry::json);
        OverviewJson.raws(json, "versions", store.versions(), OutputStore.Version::json);
    }

    /** The changes since {@code seen}; empty for none. */
    Optional<String> since(String asset, int target, long seen) {
        return store.read(
                () -> {
                    AssetBook known = store.assets().get(asset);
                    if (known == null || known.revision() <= seen) {
                        return Optional.empty();
                    }
                    return render(asset, (json, book) -> changes(json, book, target, seen));
                });
    }

    private void changes(JsonGenerator json, AssetBook book, int target, long seen)
            throws IOException {
        json.writeNumberField("predictions", book.predictions());
        accuracy(json, book, target, accuracy(book, target));
        points(json, book, target, Thinning.since(book.points(), seen));
        List<Blocks.Block> blocks =
                book.blocks().history().stream().filter(block -> block.revision() > seen).toList();
        OverviewJson.raws(json, "blocks", blocks, Blocks.Block::outline);
        if (!blocks.isEmpty()) {
            OverviewJson.raw(json, "explanation", book.blocks().full());
        }
    }

    private interface Body {
        void write(JsonGenerator json, AssetBook book) throws IOException;
    }

    private Optional<String> render(String asset, Body body) {
        return store.read(
                () -> {
                    AssetBook book = store.assets().get(asset);
                    if (book == null) {
                        return Optional.empty();
                    }
                    StringWriter text = new StringWriter();
                    try (JsonGenerator json = OverviewJson.JSON.createGenerator(text)) {
                        json.writeStartObject();
                        json.writeNumberField("revision", store.revision());
                        json.writeStringField("asset", asset);
                        body.write(json, book);
                        json.writeEndObject();
                    } catch (IOException e) {
                        throw new UncheckedIOException("a string can always be written to", e);
                    }
                    return Optional.of(text.toString());
                });
    }

    private static void points(JsonGenerator json, AssetBook book, int target, int[] shown)
            throws IOException {
        PointSeries points = book.points();
        json.writeObjectFieldStart("points");
        forecast(json, points, target, shown);
        json.writeArrayFieldStart("version");
        for (int point : shown) {
            json.writeNumber(points.version(point));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("present");
        for (int point : shown) {
            json.writeNumber(points.present(point));
        }
        json.writeEndArray();
        column(json, "expectedError", points, target, PointSeries.EXPECTED_ERROR, shown);
        column(json, "baseline", points, target, PointSeries.BASELINE, shown);
        json.writeArrayFieldStart("contributions");
        for (int m = 0; m < book.modalities(); m++) {
            json.writeStartArray();
            for (int point : shown) {
                OverviewJson.number(
                        json, points.value(point, target, PointSeries.CONTRIBUTIONS + m));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void forecast(JsonGenerator json, PointSeries points, int target, int[] shown)
            throws IOException {
        json.writeArrayFieldStart("times");
        for (int point : shown) {
            json.writeNumber(points.time(point));
        }
        json.writeEndArray();
        column(json, "prediction", points, target, PointSeries.PREDICTION, shown);
        column(json, "lower", points, target, PointSeries.LOWER, shown);
        column(json, "upper", points, target, PointSeries.UPPER, shown);
        column(json, "truth", points, target, PointSeries.TRUTH, shown);
        narrower(json, points, target, shown);
    }

    /** The ends of the intervals inside the widest one, from the narrowest on, if there are any. */
    private static void narrower(JsonGenerator json, PointSeries points, int target, int[] shown)
            throws IOException {
        if (points.narrower() == 0) {
            return;
        }
        json.writeArrayFieldStart("narrower");
        for (int l = 0; l < points.narrower(); l++) {
            json.writeStartObject();
            column(json, "lower", points, target, points.lower(l), shown);
            column(json, "upper", points, target, points.upper(l), shown);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void column(
            JsonGenerator json,
            String name,
            PointSeries points,
            int target,
            int column,
            int[] shown)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int point : shown) {
            OverviewJson.number(json, points.value(point, target, column));
        }
        json.writeEndArray();
    }
}
