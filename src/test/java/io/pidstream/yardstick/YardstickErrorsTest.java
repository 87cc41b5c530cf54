package io.pidstream.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class YardstickErrorsTest {
    private static final double NONE = Double.NaN;

    private final YardstickErrors errors = new YardstickErrors();

    private static YardstickForecasts said(double last, double mean, double linear) {
        return new YardstickForecasts(last, mean, linear);
    }

    @Test
    void nothingIsKnownWithoutLabels() {
        assertThat(errors.skill()).isEmpty();
        assertThat(errors.meanAbsoluteError()).isNaN();
        assertThat(errors.meanAbsoluteError(Yardstick.LINEAR)).isNaN();
    }

    @Test
    void allAreComparedOnTheSameLabels() {
        errors.add(10, 9, said(8, 13, 14));
        errors.add(10, 1000, said(NONE, 13, 14));
        errors.add(10, 1000, said(8, NONE, 14));
        errors.add(10, 1000, said(8, 13, NONE));
        errors.add(10, NONE, said(8, 13, 14));
        errors.add(20, 23, said(24, 19, 14));

        assertThat(errors.labels()).isEqualTo(2);
        assertThat(errors.meanAbsoluteError()).isEqualTo((1 + 3) / 2.0);
        assertThat(errors.rootMeanSquareError()).isEqualTo(Math.sqrt((1 + 9) / 2.0));
        assertThat(errors.meanAbsoluteError(Yardstick.LAST_LABEL)).isEqualTo((2 + 4) / 2.0);
        assertThat(errors.meanAbsoluteError(Yardstick.RUNNING_MEAN)).isEqualTo((3 + 1) / 2.0);
        assertThat(errors.meanAbsoluteError(Yardstick.LINEAR)).isEqualTo((4 + 6) / 2.0);
        assertThat(errors.rootMeanSquareError(Yardstick.LINEAR))
                .isEqualTo(Math.sqrt((16 + 36) / 2.0));
    }

    @Test
    void skillIsAgainstTheBestOfThem() {
        errors.add(0, 1, said(8, 4, 2));
        errors.add(0, 1, said(8, 4, -2));

        Skill skill = errors.skill().orElseThrow();
        assertThat(skill).isEqualTo(new Skill(Yardstick.LINEAR, 0.5, 1, true));
        assertThat(skill.sentence())
                .isEqualTo(
                        "Predictions save 50.0 % of the error of the linear model (1.00 bit by"
                                + " squared error).");
    }

    @Test
    void aPredictionThatIsWorseHasNegativeSkill() {
        errors.add(0, 4, said(1, 2, 2));

        Skill skill = errors.skill().orElseThrow();
        assertThat(skill).isEqualTo(new Skill(Yardstick.LAST_LABEL, -3, -2, false));
        assertThat(skill.sentence())
                .isEqualTo(
                        "Repeating the last label does as well: the error of predictions is 300.0 %"
                                + " larger (-2.00 bit by squared error).");
    }

    @Test
    void repeatingTheLastLabelIsNoMoreThanTheLastLabel() {
        errors.add(0, 1, said(1, 2, 3));
        errors.add(0, -2, said(-2, 2, 3));

        assertThat(errors.skill().orElseThrow().sentence())
                .isEqualTo("Repeating the last label does as well: its error is the same.");
    }

    @Test
    void theSentenceNamesTheLastLabelWhereverItIsNotBeaten() {
        assertThat(new Skill(Yardstick.LINEAR, -0.25, -0.5, false).sentence())
                .startsWith("Predictions do not beat the linear model, nor the last label: ");
        assertThat(new Skill(Yardstick.RUNNING_MEAN, -0.25, -0.5, true).sentence())
                .isEqualTo(
                        "Predictions do not beat the running mean: the error of predictions is"
                                + " 25.0 % larger (-0.50 bit by squared error).");
    }

    @Test
    void aYardstickWithoutErrorCannotBeBeaten() {
        errors.add(5, 5, said(5, 5, 5));
        assertThat(errors.skill().orElseThrow().sentence())
                .isEqualTo("Repeating the last label does as well: it is without error.");
        errors.add(5, 6, said(5, 5, 5));
        assertThat(errors.skill().orElseThrow().share()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(errors.skill().orElseThrow().sentence()).endsWith("it is without error.");
    }

    @Test
    void partsMergedAreTheWhole() {
        Random random = new Random(5);
        YardstickErrors[] parts = {new YardstickErrors(), new YardstickErrors()};
        for (int i = 0; i < 100; i++) {
            double[] x = random.doubles(5, -1, 1).toArray();
            YardstickForecasts said = said(x[2], x[3], x[4]);
            errors.add(x[0], x[1], said);
            parts[i % 3 == 0 ? 0 : 1].add(x[0], x[1], said);
        }
        parts[0].merge(parts[1]);

        assertThat(parts[0].labels()).isEqualTo(errors.labels());
        assertThat(parts[0].meanAbsoluteError())
                .isCloseTo(errors.meanAbsoluteError(), within(1e-12));
        for (Yardstick each : Yardstick.values()) {
            assertThat(parts[0].rootMeanSquareError(each))
                    .isCloseTo(errors.rootMeanSquareError(each), within(1e-12));
        }
        assertThat(parts[0].skill().orElseThrow().share())
                .isCloseTo(errors.skill().orElseThrow().share(), within(1e-12));
    }

    @Test
    void withAMemoryOlderLabelsCountLess() {
        YardstickErrors recent = new YardstickErrors(4);
        double mean = 0;
        for (int i = 1; i <= 40; i++) {
            recent.add(0, i, said(2 * i, 3 * i, 4 * i));
            mean += (i - mean) / Math.min(i, 4);
        }

        assertThat(recent.labels()).isEqualTo(4);
        assertThat(recent.meanAbsoluteError()).isCloseTo(mean, within(1e-12));
        assertThat(recent.meanAbsoluteError(Yardstick.LINEAR)).isCloseTo(4 * mean, within(1e-12));
        assertThat(recent.skill().orElseThrow().share()).isCloseTo(0.5, within(1e-12));
        assertThatThrownBy(() -> new YardstickErrors(0)).hasMessageContaining("memory is 0");
    }
}
