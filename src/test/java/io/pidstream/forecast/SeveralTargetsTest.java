package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeveralTargetsTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final ModalitySet COMPLETE = ModalitySet.all(2);

    private final Random random = new Random(5);

    private static LearnerSettings settings(String... targets) {
        return new LearnerSettings(
                List.of(targets),
                List.of("a", "b"),
                List.of(List.of("x", "y"), List.of("x")),
                PERIOD,
                List.of(PERIOD.multipliedBy(100), PERIOD.multipliedBy(1000)),
                PERIOD.multipliedBy(500),
                50,
                0.9,
                PidDefinition.MMI);
    }

    /** The first target is about a alone, the second about b alone. */
    private double[] targets(double[] latents) {
        return new double[] {
            3 + latents[0] + latents[1] + 0.3 * random.nextGaussian(),
            -2 * latents[2] + 0.3 * random.nextGaussian()
        };
    }

    private double[] latents() {
        return random.doubles(3, -1, 1).toArray();
    }

    private static List<Forecast> step(
            AssetLearner learner, long n, double[] latents, double... target) {
        long time = n * PERIOD.toMillis();
        List<Forecast> made = learner.predict(time, COMPLETE, latents, List.of());
        learner.learn(time, COMPLETE, latents, target, made);
        return made;
    }

    @Test
    void everyTargetIsPredictedAsIfItWereAlone() {
        AssetLearner both = new AssetLearner(settings("s", "t"), true);
        AssetLearner first = new AssetLearner(settings("s"), true);
        AssetLearner second = new AssetLearner(settings("t"), true);
        for (int n = 0; n < 300; n++) {
            double[] latents = latents();
            double[] target = targets(latents);

            List<Forecast> made = step(both, n, latents, target);

            assertThat(made)
                    .containsExactly(
                            step(first, n, latents, target[0]).get(0),
                            step(second, n, latents, target[1]).get(0));
        }
    }

    @Test
    void whatOnlyOneModalityKnowsOfOneTargetIsUniqueToIt() {
        AssetLearner learner = new AssetLearner(settings("s", "t"), true);
        for (int n = 0; n < 2000; n++) {
            double[] latents = latents();
            step(learner, n, latents, targets(latents));
        }

        var decomposition = learner.explanation().decomposition();

        // For one target, one of the two is always 0.
        assertThat(decomposition.isDefined()).isTrue();
        assertThat(decomposition.unique().get("a")).isGreaterThan(1);
        assertThat(decomposition.unique().get("b")).isGreaterThan(1);
        assertThat(decomposition.redundant().orElseThrow()).isLessThan(0.1);
        assertThat(decomposition.optimalityGap()).isLessThan(1e-6);
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() {
        LearnerSettings settings = settings("s", "t");
        AssetLearner learner = new AssetLearner(settings, true);
        for (int n = 0; n < 120; n++) {
            double[] latents = latents();
            step(learner, n, latents, targets(latents));
        }
        AssetLearner restored = LearnerFormat.ofAssets(settings, true).copy(learner);
        for (int n = 120; n < 240; n++) {
            double[] latents = latents();
            double[] target = targets(latents);

            assertThat(step(restored, n, latents, target))
                    .isEqualTo(step(learner, n, latents, target));
        }
        assertThat(restored.explanation()).isEqualTo(learner.explanation());
    }

    @Test
    void theFleetLearnsEveryTarget() {
        LearnerSettings settings = settings("s", "t");
        FleetLearner fleet = new FleetLearner(settings, true);
        for (int n = 0; n < 400; n++) {
            List<LabelledFeatures> labels = new ArrayList<>();
            for (String asset : List.of("p", "q")) {
                double[] latents = latents();
                labels.add(
                        new LabelledFeatures(
                                asset, n * PERIOD.toMillis(), COMPLETE, latents, targets(latents)));
            }
            fleet.learn(labels);
        }
        double[] probe = {0.5, 0.5, -0.5};

        List<FleetForecast> ofFleet = fleet.predict(400 * PERIOD.toMillis(), COMPLETE, probe);
        List<Forecast> made =
                new AssetLearner(settings, true)
                        .predict(400 * PERIOD.toMillis(), COMPLETE, probe, ofFleet);

        assertThat(made.get(0).prediction()).isBetween(3.8, 4.2);
        assertThat(made.get(1).prediction()).isBetween(0.8, 1.2);
    }

    @Test
    void wantsAsManyValuesAsTargets() {
        AssetLearner learner = new AssetLearner(settings("s", "t"), true);
        assertThatThrownBy(() -> step(learner, 0, latents(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 values of the label, expected one per target: [s, t]");
    }
}
