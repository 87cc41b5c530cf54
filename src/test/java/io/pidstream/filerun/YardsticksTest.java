package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.event.Score;
import io.pidstream.filerun.Yardsticks.Skill;
import io.pidstream.filerun.Yardsticks.Yardstick;
import org.junit.jupiter.api.Test;

class YardsticksTest {
    private final Yardsticks yardsticks = new Yardsticks();

    /**
     * @param delay from the slot until the label is known
     */
    private void add(String asset, long time, long delay, double target, double prediction) {
        yardsticks.add(
                new Score(asset, time, time + delay, 0, true, 0, target, prediction, 0, 0), true);
    }

    private double error(Yardstick yardstick) {
        return yardsticks.of(yardstick).meanAbsoluteError();
    }

    @Test
    void theLastLabelIsTheNewestThatWasKnownBeforeTheFrame() {
        add("x", 0, 0, 10, 0);
        add("x", 1, 0, 13, 12);
        add("x", 2, 0, 14, 12);

        assertThat(error(Yardstick.LAST_LABEL)).isEqualTo((3 + 1) / 2.0);
        assertThat(error(Yardstick.RUNNING_MEAN)).isEqualTo((3 + 2.5) / 2);
    }

    @Test
    void aLateLabelIsNotKnownYet() {
        add("x", 0, 2, 10, 0);
        add("x", 1, 2, 13, 12);
        add("x", 2, 2, 14, 12);
        assertThat(yardsticks.skill()).isEmpty();
        add("x", 3, 2, 20, 12);

        assertThat(error(Yardstick.LAST_LABEL)).isEqualTo(10);
    }

    @Test
    void assetsDoNotKnowEachOther() {
        add("x", 0, 0, 10, 0);
        add("y", 1, 0, 100, 0);
        add("x", 2, 0, 11, 0);

        assertThat(error(Yardstick.LAST_LABEL)).isEqualTo(1);
    }

    @Test
    void skillIsAgainstTheBestOfThem() {
        add("x", 0, 0, 10, 0);
        add("x", 1, 0, 20, 19);
        add("x", 2, 0, 10, 11);
        add("x", 3, 0, 20, 19);

        // Last label: 10, 10, 10; running mean: 10, 5, 20 − 13⅓.
        Skill skill = yardsticks.skill().orElseThrow();
        assertThat(skill.against()).isEqualTo(Yardstick.RUNNING_MEAN);
        double best = (10 + 5 + 20 - 40.0 / 3) / 3;
        assertThat(skill.share()).isCloseTo(1 - 1 / best, within(1e-12));
        assertThat(skill.bits()).isPositive();
    }

    @Test
    void aPredictionThatIsWorseHasNegativeSkill() {
        add("x", 0, 0, 10, 0);
        add("x", 1, 0, 11, 15);

        Skill skill = yardsticks.skill().orElseThrow();
        assertThat(skill.share()).isEqualTo(-3);
        assertThat(skill.bits()).isEqualTo(-2);
    }
}
