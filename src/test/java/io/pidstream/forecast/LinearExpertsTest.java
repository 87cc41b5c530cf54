package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearExpertsTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final ModalitySet COMPLETE = ModalitySet.all(2);

    private final Random random = new Random(1);
    private final double[] probe = {1, -0.5, 0.25, 2};

    private static LinearExperts experts(long halfLife) {
        LearnerSettings settings =
                new LearnerSettings(
                        List.of("y"),
                        List.of("thermal", "vibration"),
                        List.of(List.of("a0", "a1"), List.of("b0", "b1")),
                        PERIOD,
                        List.of(PERIOD.multipliedBy(halfLife)),
                        PERIOD.multipliedBy(500),
                        50,
                        0.9,
                        PidDefinition.MMI);
        return new LinearExperts(settings, new FeatureLayout(settings));
    }

    private void learn(LinearExperts experts, long number) {
        double[] latents = random.doubles(4, -1, 1).toArray();
        double target = latents[0] - latents[2] + 0.1 * random.nextGaussian();
        experts.learn(number * PERIOD.toMillis(), COMPLETE, latents, target);
    }

    /** How many of so many labels change what is said about the same frame. */
    private int changes(LinearExperts experts, long from, int labels) {
        int changes = 0;
        ExpertForecasts before = experts.predict(COMPLETE, probe, new Scale(0, 1));
        for (long n = from; n < from + labels; n++) {
            learn(experts, n);
            ExpertForecasts after = experts.predict(COMPLETE, probe, new Scale(0, 1));
            changes += after.equals(before) ? 0 : 1;
            before = after;
        }
        return changes;
    }

    @Test
    void solvesAYoungExpertAtEveryLabel() {
        LinearExperts experts = experts(5000);
        learn(experts, 0);

        assertThat(changes(experts, 1, 250)).isEqualTo(250);
    }

    @Test
    void solvesAnExpertOfAShortHalfLifeAtEveryLabel() {
        LinearExperts experts = experts(30);
        for (int n = 0; n < 1000; n++) {
            learn(experts, n);
        }

        assertThat(changes(experts, 1000, 250)).isEqualTo(250);
    }

    @Test
    void solvesAnExpertOfALongHalfLifeOnceInAHundredthOfIt() {
        LinearExperts experts = experts(1000);
        for (int n = 0; n < 10_000; n++) {
            learn(experts, n);
        }

        assertThat(changes(experts, 10_000, 1000)).isEqualTo(100);
    }

    @Test
    void solvesAtOnceWhatComesAfterALongSilence() {
        LinearExperts experts = experts(1000);
        for (int n = 0; n < 10_000; n++) {
            learn(experts, n);
        }

        assertThat(changes(experts, 100_000, 100)).isEqualTo(100);
    }
}
