package io.pidstream.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.event.Fleet;
import io.pidstream.yardstick.Skill;
import io.pidstream.yardstick.Yardstick;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void scoresAPredictionWhicheverHalfComesFirst() {
        LiveFeed feed = new LiveFeed(List.of("a"), START);
        feed.add(prediction("a", 0, 10));
        feed.add(label("a", 0, 11));
        feed.add(label("a", 1, 17));
        feed.add(prediction("a", 1, 10));
        LiveFeed.Errors errors = feed.errors("a");
        assertThat(errors.count()).isEqualTo(2);
        assertThat(errors.mae()).isCloseTo(4, within(1e-12));
        assertThat(errors.coverage()).isEqualTo(0.5);
    }

    @Test
    void simplePredictorsAreScoredOnTheSameLabels() {
        LiveFeed feed = new LiveFeed(List.of("a", "b"), START);
        Prediction first = prediction("a", 0, 10);
        first.setYardsticks(Map.of("linear", 30.0));
        feed.add(first);
        feed.add(label("a", 0, 20));
        assertThat(feed.errors().yardsticks().skill()).as("no last label").isEmpty();
        Prediction second = prediction("a", 1, 10);
        second.setYardsticks(Map.of("last-label", 13.0, "running-mean", 16.0, "linear", 17.0));
        feed.add(second);
        feed.add(label("a", 1, 11));

        assertThat(feed.errors().yardsticks().skill())
                .contains(new Skill(Yardstick.LAST_LABEL, 0.5, 1, true));
        assertThat(feed.errors("b").yardsticks().skill()).isEmpty();
    }

    @Test
    void historyIsShownButNotCounted() {
        LiveFeed feed = new LiveFeed(List.of("a"), START.plusSeconds(5));
        feed.add(prediction("a", 4, 10));
        feed.add(label("a", 4, 11));
        assertThat(feed.errors().count()).isZero();
        assertThat(feed.errors().mae()).isNaN();
        assertThat(panel(feed).measured()).hasValue(11);
    }

    @Test
    void showsTheNewestPredictionThatCanBeChecked() {
        LiveFeed feed = new LiveFeed(List.of("a"), START);
        feed.add(prediction("a", 0, 10));
        assertThat(panel(feed).prediction().getTime()).isEqualTo(START);
        assertThat(panel(feed).measured()).isEmpty();
        feed.add(label("a", 0, 11));
        feed.add(prediction("a", 1, 12));
        assertThat(panel(feed).prediction().getTime()).isEqualTo(START);
        assertThat(panel(feed).measured()).hasValue(11);
    }

    @Test
    void aShareIsComparedWithTenSecondsAgo() {
        LiveFeed feed = new LiveFeed(List.of("a"), START);
        feed.add(explanation("a", 0, 0.5, 0.5));
        feed.add(explanation("a", 5, 0.6, 0.4));
        assertThat(panel(feed).shareChange()).isEmpty();
        feed.add(explanation("a", 10, 0.8, 0.2));
        assertThat(panel(feed).shareChange().get("x")).isCloseTo(0.3, within(1e-12));
        feed.add(explanation("a", 15, 0.8, 0.2));
        assertThat(panel(feed).shareChange().get("x")).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void theFleetsExplanationIsNoAsset() {
        LiveFeed feed = new LiveFeed(List.of("a"), START);
        feed.add(explanation(Fleet.NAME, 0, 0.5, 0.5));
        assertThat(feed.panels(Map.of())).hasSize(1);
        assertThat(feed.explanation(Fleet.NAME)).isNotNull();
    }

    private static AssetPanel panel(LiveFeed feed) {
        return feed.panels(Map.of()).get(0);
    }

    private static Prediction prediction(String asset, int second, double value) {
        return new Prediction(
                asset,
                START.plusSeconds(second),
                value,
                value - 5,
                value + 5,
                0L,
                List.of("x", "y"),
                Map.of("x", 1.0, "y", -2.0),
                value + 1,
                explanation(asset, second, 0, 0),
                List.of(),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }

    private static Label label(String asset, int second, double value) {
        return new Label(
                asset, START.plusSeconds(second), START.plusSeconds(second), value, List.of());
    }

    private static Explanation explanation(String asset, int second, double x, double y) {
        return new Explanation(
                asset,
                START.plusSeconds(second),
                0L,
                ExplanationStatus.OK,
                null,
                "mmi",
                100L,
                100.0,
                Map.of("x", x, "y", y, "x+y", x + y),
                Map.of(),
                Map.of("x", x, "y", y),
                Map.of("x", x, "y", y),
                Map.of("x", x, "y", y),
                0.0,
                0.0,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                0.0,
                null,
                null);
    }
}
