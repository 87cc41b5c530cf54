package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final TrainingSettings PIECEWISE = EncoderType.PIECEWISE.defaults();

    @Test
    void withoutALimitAPassIsOverAllRows() {
        Schedule schedule = Schedule.of(PIECEWISE, false, TrainingTask.NO_LIMIT, 3500);
        assertThat(schedule).isEqualTo(new Schedule(40, 14, 14, 40, 1, true));
        assertThat(schedule.firstRow(0, 3500)).isZero();
        assertThat(schedule.firstRow(14, 3500)).isEqualTo(3500);
    }

    @Test
    void aLimitTakesPassesFirstAndThenRows() {
        assertThat(Schedule.of(PIECEWISE, false, 140, 3500).epochs()).isEqualTo(10);
        Schedule short1 = Schedule.of(PIECEWISE, false, 120, 11_200);
        assertThat(short1.batches()).isLessThan(short1.parts());
        assertThat(short1.steps()).isBetween(100, 120);
        int rows = short1.firstRow(short1.batches(), 11_200);
        assertThat(rows / short1.batches()).isBetween(240, 270);
    }

    @Test
    void neverMoreStepsThanAllowedAndNeverNone() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int most = 6 + random.nextInt(2000);
            int rows = 16 + random.nextInt(1 << random.nextInt(20));
            Schedule schedule = Schedule.of(PIECEWISE, random.nextBoolean(), most, rows);
            assertThat(schedule.steps()).isBetween(1, most);
            assertThat(schedule.epochs()).isBetween(1, PIECEWISE.epochs());
            assertThat(schedule.batches()).isBetween(1, schedule.parts());
            assertThat(schedule.patience()).isBetween(1, PIECEWISE.patience());
        }
    }

    @Test
    void fromAVersionOnItStopsSooner() {
        Schedule cold = Schedule.of(PIECEWISE, false, TrainingTask.NO_LIMIT, 3500);
        Schedule warm = Schedule.of(PIECEWISE, true, TrainingTask.NO_LIMIT, 3500);
        assertThat(warm.patience()).isLessThan(cold.patience());
    }

    @Test
    void theRateRisesAndThenFallsToNothing() {
        Schedule schedule = Schedule.of(PIECEWISE, false, TrainingTask.NO_LIMIT, 3500);
        assertThat(schedule.rate(0)).isLessThan(0.05);
        assertThat(schedule.rate(50)).isCloseTo(1, within(0.03));
        assertThat(schedule.rate(schedule.steps() - 1)).isLessThan(1e-4);
        Schedule constant =
                Schedule.of(EncoderType.PIDREG.defaults(), false, TrainingTask.NO_LIMIT, 3500);
        assertThat(constant.rate(0)).isEqualTo(constant.rate(100)).isEqualTo(1);
    }
}
