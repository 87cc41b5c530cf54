package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.integer;

import io.pidstream.config.PipelineConfig.Learning;
import io.pidstream.config.PipelineConfig.Level;
import java.time.Duration;
import java.util.List;

/** The section {@code learning}. */
final class LearningSection {
    static final Section<Learning> KEYS = Section.of("learning", PipelineConfig::learning);

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
                    .of(Learning::interval)
                    .means("Nominal coverage of the prediction intervals, as a share.");

    private LearningSection() {}

    static Learning read(ConfigNode root) {
        return new Learning(
                root.get(HALF_LIVES),
                root.get(EXPLANATION_HALF_LIFE),
                root.get(LEVELS),
                root.get(BLOCK),
                root.get(INTERVAL));
    }
}
