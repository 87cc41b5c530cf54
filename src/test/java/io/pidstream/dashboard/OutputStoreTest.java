package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.Prediction;
import io.pidstream.testing.PageRecords;
import io.pidstream.testing.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputStoreTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStore store = store(new Limits(1000, 2, 3, 10, 3));

    private final SteppedClock clock = new SteppedClock(PageRecords.time(20));

    private static OutputStore store(Limits limits) {
        return new OutputStore(PageRecords.SUBJECT, limits, 100);
    }

    private static JsonNode asset(OutputStore store, String asset, int most) throws Exception {
        return JSON.readTree(new AssetJson(store).whole(asset, 0, most).orElseThrow());
    }

    private JsonNode overview() throws Exception {
        return JSON.readTree(new OverviewJson(store, clock).render());
    }

    @Test
    void aLabelFindsItsPredictionWhicheverComesFirst() throws Exception {
        store.add(PageRecords.label("a", 0));
        store.add(PageRecords.prediction("a", 0));
        store.add(PageRecords.prediction("a", 1));
        store.add(PageRecords.label("a", 1));
        store.add(PageRecords.prediction("a", 2));
        JsonNode asset = asset(store, "a", 100);
        assertThat(asset.path("labelled").asInt()).isEqualTo(2);
        JsonNode truth = asset.path("points").path("truth");
        assertThat((float) truth.get(0).asDouble()).isEqualTo((float) PageRecords.truth(0));
        assertThat((float) truth.get(1).asDouble()).isEqualTo((float) PageRecords.truth(1));
        assertThat(truth.get(2).isNull()).isTrue();
    }

    @Test
    void whenPredictionsCameIsToldOfEveryAssetUnlessTheyWereThereBefore() throws Exception {
        store.add(PageRecords.prediction("a", 0));
        store.add(PageRecords.prediction("b", 0));
        assertThat(overview().path("status").path("arrived").isNull()).isTrue();
        long came = clock.millis();
        store.add(PageRecords.prediction("a", 1), came);
        clock.advance(Duration.ofSeconds(30));

        JsonNode overview = overview();
        assertThat(overview.path("status").path("now").asLong()).isEqualTo(came + 30_000);
        assertThat(overview.path("status").path("arrived").asLong()).isEqualTo(came);
        assertThat(overview.path("assets").get(0).path("arrived").asLong()).isEqualTo(came);
        assertThat(overview.path("assets").get(1).path("arrived").isNull()).isTrue();
    }

    @Test
    void predictionsAreComparedWithTheBestOfTheirYardsticks() throws Exception {
        for (int slot = 0; slot < 10; slot++) {
            for (String name : List.of("a", "b")) {
                double truth = PageRecords.truth(slot);
                Prediction prediction = PageRecords.prediction(name, slot);
                prediction.setPrediction(truth + 1);
                // The last label is the best of all together, not of "b".
                prediction.setYardsticks(
                        Map.of(
                                "last-label",
                                truth + (name.equals("a") ? 2 : 6),
                                "running-mean",
                                truth - 9,
                                "linear",
                                truth + (name.equals("a") ? -9 : 4)));
                store.add(prediction);
                store.add(PageRecords.label(name, slot));
            }
        }
        JsonNode overview = overview();
        JsonNode a = asset(store, "a", 100);
        JsonNode b = overview.path("assets").get(1);

        assertThat(a.path("yardstick").asText()).isEqualTo("last-label");
        assertThat(a.path("yardstickMae").asDouble()).isEqualTo(2);
        assertThat(a.path("skill").asDouble()).isEqualTo(0.5);
        assertThat(a.path("skillBits").asDouble()).isEqualTo(1);
        assertThat(a.path("words").path("skill").toString()).contains("last label", "50 %");
        assertThat(b.path("asset").asText()).isEqualTo("b");
        assertThat(b.path("yardstick").asText()).isEqualTo("linear");
        assertThat(b.path("skill").asDouble()).isEqualTo(0.75);
        assertThat(overview.path("words").path("skill").toString()).contains("last label", "4 µm");
    }

    @Test
    void whatIsExpectedOfFramesWithoutALabelIsSaidOfTheAssetAndOfAll() throws Exception {
        for (int slot = 0; slot < 60; slot++) {
            for (String name : List.of("a", "b")) {
                Prediction prediction = PageRecords.prediction(name, slot);
                prediction.setExpectedError(slot < 36 ? 1.5 : name.equals("a") ? 2 : 4.0);
                store.add(prediction);
            }
        }
        // Slot 20 never gets one; it is not among the last.
        for (int slot = 0; slot < 36; slot++) {
            if (slot != 20) {
                store.add(PageRecords.label("a", slot));
            }
        }
        JsonNode a = asset(store, "a", 1000);
        assertThat(a.path("awaited").path("frames").asInt()).isEqualTo(24);
        assertThat(a.path("awaited").path("expectedError").asDouble()).isEqualTo(2);
        assertThat(a.path("foreseen").path("expected").asDouble()).isEqualTo(1.5);
        assertThat(a.path("foreseen").path("cameOut")).isEqualTo(a.path("mae"));
        assertThat(a.path("words").path("awaited").toString())
                .contains("The last 24 frames have no label yet", "2 µm", "1.5 µm was expected");
        assertThat(a.path("points").path("expectedError")).hasSize(60);

        JsonNode overview = overview();
        assertThat(overview.path("assets").path(1).path("awaited").path("frames").asInt())
                .isEqualTo(60);
        // (24 · 2 + 36 · 1.5 + 24 · 4) / 84
        assertThat(overview.path("words").path("awaited").toString())
                .contains("The last 84 frames of 2 assets", "2.36 µm");

        for (int slot = 36; slot < 60; slot++) {
            store.add(PageRecords.label("a", slot));
        }
        assertThat(asset(store, "a", 1000).path("words").path("awaited")).isEmpty();
    }

    @Test
    void framesWithoutALabelCountAlsoWhereThePastHasGrownCoarse() throws Exception {
        OutputStore small = store(new Limits(100, 1, 1, 10, 1));
        for (int slot = 0; slot < 1000; slot++) {
            small.add(PageRecords.prediction("a", slot));
            if (slot < 100) {
                small.add(PageRecords.label("a", slot));
            }
        }
        int newestKnown = -1;
        JsonNode points = asset(small, "a", 1000).path("points");
        for (int i = 0; i < points.path("times").size(); i++) {
            newestKnown = points.path("truth").get(i).isNull() ? newestKnown : i;
        }
        int slot =
                (int)
                        ((points.path("times").get(newestKnown).asLong()
                                        - PageRecords.time(0).toEpochMilli())
                                / PageRecords.SUBJECT.period().toMillis());
        assertThat(slot).isLessThan(100);
        assertThat(asset(small, "a", 1000).path("awaited").path("frames").asInt())
                .isEqualTo(999 - slot);
    }

    @Test
    void beforeAnyErrorIsKnownNoneIsExpected() throws Exception {
        Prediction prediction = PageRecords.prediction("a", 0);
        prediction.setExpectedError(null);
        store.add(prediction);
        JsonNode asset = asset(store, "a", 100);
        assertThat(asset.path("points").path("expectedError").get(0).isNull()).isTrue();
        assertThat(asset.path("awaited").path("frames").asInt()).isEqualTo(1);
        assertThat(asset.path("awaited").path("expectedError").isNull()).isTrue();
        assertThat(asset.path("words").path("awaited").toString())
                .contains("known after the first labels");
    }

    @Test
    void everyLevelOfIntervalsIsKept() throws Exception {
        OutputStore nested = new OutputStore(PageRecords.NESTED, new Limits(100, 1, 1, 10, 1), 100);
        for (int slot = 0; slot < 400; slot++) {
            nested.add(PageRecords.nested(PageRecords.prediction("a", slot)));
        }
        // From before there were several intervals.
        nested.add(PageRecords.prediction("a", 400));
        JsonNode asset = asset(nested, "a", 1000);
        assertThat(asset.path("intervals"))
                .extracting(JsonNode::asDouble)
                .containsExactly(.5, .8, .9);
        JsonNode points = asset.path("points");
        assertThat(points.path("narrower")).hasSize(2);
        int last = points.path("times").size() - 1;
        for (int i = 0; i < last; i++) {
            float middle = (float) points.path("prediction").get(i).asDouble();
            for (int l = 0; l < 2; l++) {
                JsonNode ends = points.path("narrower").get(l);
                assertThat(ends.path("lower").get(i).asDouble())
                        .isCloseTo(middle - 1 - l, within(1e-4));
                assertThat(ends.path("upper").get(i).asDouble())
                        .isCloseTo(middle + 1 + l, within(1e-4));
            }
        }
        assertThat(points.path("narrower").get(0).path("lower").get(last).isNull()).isTrue();
        store.add(PageRecords.prediction("a", 0));
        assertThat(asset(store, "a", 10).path("points").has("narrower")).isFalse();
    }

    @Test
    void withoutYardsticksNothingIsSaidOfThem() throws Exception {
        store.add(PageRecords.prediction("a", 0));
        store.add(PageRecords.label("a", 0));
        JsonNode asset = asset(store, "a", 100);
        assertThat(asset.path("yardstick").isNull()).isTrue();
        assertThat(asset.path("skill").isNull()).isTrue();
        assertThat(asset.path("words").path("skill")).isEmpty();
    }

    @Test
    void aForecastIsAPartOfTheWhole() throws Exception {
        for (int slot = 0; slot < 40; slot++) {
            store.add(PageRecords.prediction("a", slot));
            store.add(PageRecords.label("a", slot));
        }
        store.add(PageRecords.alert("a", "thermal", AlertState.OPEN));
        JsonNode whole = asset(store, "a", 20);
        JsonNode forecast = JSON.readTree(new AssetJson(store).forecast("a", 0, 20).orElseThrow());
        assertThat(forecast.path("points").fieldNames())
                .toIterable()
                .containsExactly("times", "prediction", "lower", "upper", "truth");
        forecast.path("points")
                .properties()
                .forEach(
                        column ->
                                assertThat(whole.path("points").path(column.getKey()))
                                        .hasSize(20)
                                        .isEqualTo(column.getValue()));
        assertThat(forecast.path("alerts")).hasSize(1).isEqualTo(whole.path("alerts"));
        assertThat(forecast.path("mae")).isEqualTo(whole.path("mae"));
        assertThat(new AssetJson(store).forecast("nobody", 0, 20)).isEmpty();
    }

    @Test
    void whatComesTwiceCountsOnce() throws Exception {
        for (int again = 0; again < 2; again++) {
            store.add(PageRecords.prediction("a", 0));
            store.add(PageRecords.label("a", 0));
            store.add(PageRecords.explanation("a", 0, 0.5));
        }
        JsonNode asset = asset(store, "a", 100);
        assertThat(asset.path("points").path("times")).hasSize(1);
        assertThat(asset.path("labelled").asInt()).isEqualTo(1);
        assertThat(asset.path("blocks")).hasSize(1);
    }

    @Test
    void pointsStayInTheOrderOfTime() throws Exception {
        for (int slot : new int[] {5, 1, 3, 0, 4, 2}) {
            store.add(PageRecords.prediction("a", slot));
        }
        List<Long> times = new ArrayList<>();
        asset(store, "a", 100).path("points").path("times").forEach(t -> times.add(t.asLong()));
        assertThat(times).isSorted().hasSize(6);
    }

    @Test
    void theOldGetsCoarserAndTheNewStaysWhole() throws Exception {
        OutputStore small = store(new Limits(100, 1, 1, 10, 1));
        for (int slot = 0; slot < 1000; slot++) {
            small.add(PageRecords.prediction("a", slot));
        }
        JsonNode times = asset(small, "a", 1000).path("points").path("times");
        assertThat(times.size()).isBetween(60, 100);
        assertThat(times.get(0).asLong()).isEqualTo(PageRecords.time(0).toEpochMilli());
        for (int back = 1; back <= 40; back++) {
            assertThat(times.get(times.size() - back).asLong())
                    .isEqualTo(PageRecords.time(1000 - back).toEpochMilli());
        }
    }

    @Test
    void assetsBeyondTheLimitAreCountedOnly() throws Exception {
        for (String asset : List.of("a", "b", "c", "d")) {
            for (int slot = 0; slot < 200; slot++) {
                store.add(PageRecords.prediction(asset, slot));
            }
        }
        JsonNode overview = overview();
        assertThat(overview.path("assetCount").asInt()).isEqualTo(3);
        assertThat(overview.path("status").path("predictions").asInt()).isEqualTo(800);
        assertThat(overview.path("status").path("unseen").asInt()).isEqualTo(200);
        assertThat(asset(store, "b", 1000).path("points").path("times")).hasSize(200);
        assertThat(asset(store, "c", 1000).path("points").path("times").size())
                .isLessThanOrEqualTo(Limits.SHORT);
    }

    @Test
    void peaksSurviveThinningForAChart() throws Exception {
        for (int slot = 0; slot < 900; slot++) {
            var prediction = PageRecords.prediction("a", slot);
            if (slot == 417) {
                prediction.setPrediction(99.0);
            }
            store.add(prediction);
        }
        JsonNode shown = asset(store, "a", 50).path("points").path("prediction");
        assertThat(shown.size()).isLessThanOrEqualTo(50);
        assertThat(shown).extracting(JsonNode::asDouble).contains(99.0);
    }

    @Test
    void changesAreThoseSinceARevision() throws Exception {
        for (int slot = 0; slot < 10; slot++) {
            store.add(PageRecords.prediction("a", slot));
        }
        long seen = store.revision();
        assertThat(new AssetJson(store).since("a", 0, seen)).isEmpty();
        store.add(PageRecords.label("a", 3));
        store.add(PageRecords.prediction("a", 10));
        store.add(PageRecords.explanation("a", 10, 0.5));
        JsonNode changes = JSON.readTree(new AssetJson(store).since("a", 0, seen).orElseThrow());
        assertThat(changes.path("points").path("times"))
                .extracting(JsonNode::asLong)
                .containsExactly(
                        PageRecords.time(3).toEpochMilli(), PageRecords.time(10).toEpochMilli());
        assertThat(changes.path("blocks")).hasSize(1);
        assertThat(changes.path("explanation").path("asset").asText()).isEqualTo("a");
    }

    @Test
    void aRevisionOfAnotherStoreIsNoneOfThisOne() {
        assertThat(store.isOwn(99)).isFalse();
        assertThat(store.isOwn(100)).isTrue();
        assertThat(store.isOwn(101)).isFalse();
    }

    @Test
    void anAlertIsShownInItsNewestStateAndResolvedOnesGoFirst() throws Exception {
        store.add(PageRecords.alert("a", "thermal", AlertState.OPEN));
        assertThat(overview().path("openAlerts").asInt()).isEqualTo(1);
        store.add(PageRecords.alert("a", "thermal", AlertState.RESOLVED));
        assertThat(overview().path("openAlerts").asInt()).isZero();
        for (String asset : List.of("b", "c", "d")) {
            store.add(PageRecords.alert(asset, "thermal", AlertState.OPEN));
        }
        assertThat(store.alerts()).extracting(AlertEntry::asset).containsExactly("b", "c", "d");
    }

    @Test
    void theOverviewSaysHowItStands() throws Exception {
        store.status(FeedStatus.State.UNREACHABLE, "no broker answers", Instant.ofEpochMilli(7));
        store.status(FeedStatus.State.UNREACHABLE, "still none", Instant.ofEpochMilli(9));
        store.add(PageRecords.version(1, ModelState.ACTIVE, 500));
        JsonNode overview = overview();
        assertThat(overview.path("status").path("state").asText()).isEqualTo("UNREACHABLE");
        assertThat(overview.path("status").path("since").asLong()).isEqualTo(7);
        assertThat(overview.path("versions").get(0).path("state").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void limitsNameTheValueThatIsWrong() {
        assertThatThrownBy(() -> new Limits(3, 1, 1, 10, 1)).hasMessageContaining("3 points");
        assertThatThrownBy(() -> new Limits(100, 5, 4, 10, 1)).hasMessageContaining("4 assets");
    }
}
