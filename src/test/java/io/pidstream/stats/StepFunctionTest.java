package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepFunctionTest {
    @Test
    void isTheSumOfTheStepsOnTheSideOfEach() {
        StepFunction sum =
                StepFunction.sum(
                        new double[] {-1, 2, 2, 5},
                        new double[] {1, 10, 100, 1000},
                        new double[] {2, 20, 200, 2000});

        assertThat(sum.at(-3)).isEqualTo(1111);
        assertThat(sum.at(-1)).as("a threshold is not beyond itself").isEqualTo(1111);
        assertThat(sum.at(0)).isEqualTo(1112);
        assertThat(sum.at(3)).isEqualTo(1222);
        assertThat(sum.at(6)).isEqualTo(2222);
        assertThat(StepFunction.ZERO.at(1)).isZero();
    }

    @Test
    void valuesBeyondTheRangeOfAFloatStayFinite() {
        double[] large = {1e300};

        assertThat(StepFunction.sum(new double[1], large, large).at(0)).isFinite();
    }

    @Test
    void refusesValuesThatDoNotFit() {
        assertThatThrownBy(() -> new StepFunction(new double[2], new float[2]))
                .hasMessage("2 thresholds have 2 values");
    }
}
