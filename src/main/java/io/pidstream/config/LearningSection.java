package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.integer;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.config.PipelineConfig.Learning;
import io.pidstream.config.PipelineConfig.Level;
import io.pidstream.event.Modalities;
import io.pidstream.event.RunCondition;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** The section {@code learning}. */
final class LearningSection {
    static final Section<Learning> KEYS = Section.of("learning", PipelineConfig::learning);

    private static final int MOST_INTERVALS = 8;

    static final Key<List<Duration>> HALF_LIVES =
            KEYS.key(
                            "half-lives",
                            ListType.of(duration(MILLISECOND), "durations", 1, Integer.MAX_VALUE))
                    .or(Default.periods(30, 100, 300, 1000, 5000))
                    .of(Learning::halfLives)
                    .means(
                            "Half-lives of the experts in the mixture: how fast each forgets, in"
                                    + " event time.");

    static final Key<Duration> EXPLANATION_HALF_LIFE =
            KEYS.key("explanation-half-life", duration(MILLISECOND))
                    .or(Default.periods(1000))
                    .of(Learning::explanationHalfLife)
                    .means("Half-life of the moments that are decomposed, in event time.");

    static final Key<List<Level>> LEVELS =
            KEYS.key("levels", ListType.ofDistinct(choice(Level.class), "levels", 1, 2))
                    .or(List.of(Level.FLEET, Level.ASSET))
                    .of(Learning::levels)
                    .means("Level of learning: all assets together, each by itself, or both.");

    static final Key<Integer> BLOCK =
            KEYS.key("block", integer(10, 100_000))
                    .or(200)
                    .of(Learning::block)
                    .means("Labelled frames per block; an explanation is emitted at its end.");

    static final Key<Double> INTERVAL =
            KEYS.key("interval", between(0, 1))
                    .or(0.9)
                    .of(
                            learning ->
                                    learning.severalIntervals() == null
                                            ? learning.interval()
                                            : null)
                    .means("Nominal coverage of the prediction intervals, as a share.");

    static final Key<List<Double>> INTERVALS =
            KEYS.key("intervals", ListType.ofDistinct(between(0, 1), "shares", 1, MOST_INTERVALS))
                    .orNone()
                    .of(Learning::severalIntervals)
                    .means(
                            "Nominal coverages of several prediction intervals, instead of"
                                    + " learning.interval; they are nested.");

    static final Key<Integer> FLEET_LABELS =
            KEYS.key("fleet-labels", integer(100, 10_000_000))
                    .or(1000)
                    .of(Learning::fleetLabels)
                    .means(
                            "Labels of one slot that the fleet learns from, at most: a sample, so"
                                + " that its work does not grow with the number of assets. Every"
                                + " asset learns from all its own labels. See"
                                + " [sizing](sizing.md#the-fleets-share).");

    static final Key<String> WHEN =
            KEYS.key("when", text(condition -> true, RunCondition.EXPECTED))
                    .orNone()
                    .of(learning -> learning.when() == null ? null : learning.when().text())
                    .means(
                            "When an asset is running, as a condition on its channels. Outside it"
                                + " nothing is learned, scored or alarmed. Where a channel of it is"
                                + " absent the asset stays as it was. See"
                                + " [predictions](predictions.md#while-a-machine-stands-still).");

    private LearningSection() {}

    private static RunCondition when(ConfigNode root, Modalities modalities) {
        String text = root.get(WHEN);
        try {
            return text == null ? null : RunCondition.parse(text, modalities);
        } catch (IllegalArgumentException e) {
            root.problem(WHEN, text, e.getMessage());
            return null;
        }
    }

    static Learning read(ConfigNode root, Modalities modalities) {
        List<Double> several = root.get(INTERVALS);
        if (root.has(INTERVALS) && root.has(INTERVAL)) {
            root.problem(INTERVALS, root.find(INTERVALS), "either interval or intervals, not both");
        }
        double highest = several == null ? root.get(INTERVAL) : Collections.max(several);
        return new Learning(
                root.get(HALF_LIVES),
                root.get(EXPLANATION_HALF_LIFE),
                root.get(LEVELS),
                root.get(BLOCK),
                highest,
                several,
                root.get(FLEET_LABELS),
                when(root, modalities));
    }
}
