package io.pidstream.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
    /** Channel 1 of the first modality and channel 3, of the second, follow the target best. */
    private static Disturbance disturbance(String injection) {
        Disturbance disturbance = new Disturbance(Injection.parse(injection), 0, 2, 2, 2);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double y = random.nextGaussian();
            disturbance.learn(
                    new double[] {
                        random.nextGaussian(),
                        10 + 2 * y + 0.1 * random.nextGaussian(),
                        random.nextGaussian(),
                        -5 - 3 * y + 0.1 * random.nextGaussian()
                    },
                    y);
        }
        return disturbance;
    }

    private static double[] applied(String injection, long since) {
        double[] row = {0, 12, 0, -5};
        double[] donor = {9, 8, 7, 6};
        double[] frozen = {1, 11, 3, 4};
        disturbance(injection).apply(row, donor, frozen, since);
        return row;
    }

    @Test
    void decouplesTheFirstModality() {
        assertThat(applied("R1:0.6", 0)).containsExactly(9, 8, 0, -5);
        assertThat(applied("R1:0.6:ramp", 250)).containsExactly(4.5, 10, 0, -5);
        assertThat(applied("R1:0.6:ramp", 0)).containsExactly(0, 12, 0, -5);
        assertThat(applied("R1:0.6:ramp", 9999)).containsExactly(9, 8, 0, -5);
    }

    @Test
    void freezesTheBestChannelOfTheFirstModality() {
        double[] row = applied("R3:0.6", 0);
        assertThat(row[1]).isEqualTo(11, within(0.02)).isNotEqualTo(11.0);
        assertThat(new double[] {row[0], row[2], row[3]}).containsExactly(0, 0, -5);
    }

    @Test
    void swapsTheBestChannelsInTheirOwnUnits() {
        double[] row = applied("R4:0.6", 0);
        assertThat(row[1]).isEqualTo(10, within(0.2));
        assertThat(row[3]).isEqualTo(-5 + 3, within(0.2));
    }

    @Test
    void addsNoiseToTheSecondModalityOnly() {
        double[] row = applied("R2:0.6", 0);
        assertThat(row[0]).isZero();
        assertThat(row[1]).isEqualTo(12);
        assertThat(row[2]).isNotZero();
        assertThat(row[3]).isNotEqualTo(-5);
    }

    @Test
    void doesNothingWhereNothingWasAskedFor() {
        assertThat(applied("R0:0.6", 0)).containsExactly(0, 12, 0, -5);
    }

    @Test
    void readsWhatAUserWrites() {
        assertThat(Injection.parse("r4:PT2M").after()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Injection.parse("R1:0.6").during(Duration.ofSeconds(100)).after())
                .isEqualTo(Duration.ofMinutes(1));
        for (String wrong : new String[] {"R1", "R9:0.5", "R1:1.5", "R1:0.5:fast", "R1:Pt", ""}) {
            assertThatThrownBy(() -> Injection.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected R0 to R5");
        }
    }
}
