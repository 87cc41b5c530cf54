package io.pidstream.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftEvidenceTest {
    private static final int REFERENCE = ShiftMonitor.LEAST_REFERENCE;

    private static BlockWindow window(Random random, int blocks, double mean, double deviation) {
        BlockWindow window = new BlockWindow(1, 1000);
        for (int i = 0; i < blocks; i++) {
            window.add(i, i, mean + deviation * random.nextGaussian());
        }
        return window;
    }

    @Test
    void hasExpectationOneWhereNothingShifts() {
        Random random = new Random(1);
        double sum = 0;
        int runs = 40_000;
        for (int run = 0; run < runs; run++) {
            sum += Math.exp(ratioOfCandidate(window(random, REFERENCE + 1, 7, 3)));
        }
        // E has heavy tails: what is rare is missing from the mean rather than too much in it.
        assertThat(sum / runs).isEqualTo(1, within(0.15));
    }

    @Test
    void rarelyEverExceedsALevelWhereNothingShifts() {
        Random random = new Random(2);
        int exceeded = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            // Of one candidate the evidence is a martingale: P(ever >= 20) <= 1/20.
            BlockWindow window = window(random, REFERENCE, -3, 0.1);
            double most = 0;
            for (int n = 0; n < 60; n++) {
                window.add(n, n, -3 + 0.1 * random.nextGaussian());
                most = Math.max(most, Math.exp(ratioOfCandidate(window)));
            }
            exceeded += most >= 20 ? 1 : 0;
        }
        assertThat((double) exceeded / runs).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / runs));
    }

    /** ln E of the earliest candidate. */
    private static double ratioOfCandidate(BlockWindow window) {
        return ShiftEvidence.of(window, 1, REFERENCE).candidate(0, REFERENCE);
    }

    @Test
    void doesNotDependOnUnitAndOrigin() {
        Random random = new Random(3);
        BlockWindow window = window(random, 30, 0, 1);
        BlockWindow other = new BlockWindow(1, 1000);
        for (int i = 0; i < 30; i++) {
            other.add(i, i, 1e3 - 5 * window.row(i).values()[0]);
        }
        assertThat(ShiftEvidence.of(other, 1, REFERENCE).detector(0))
                .isEqualTo(ShiftEvidence.of(window, 1, REFERENCE).detector(0), within(1e-9));
    }

    @Test
    void theMeanTimeToAFalseAlarmIsAtLeastTheConfiguredOne() {
        assertThat(meanTimeToAlarm(0, 4)).isGreaterThan(50);
    }

    @Test
    void blocksThatDependOnEachOtherDoNotRaiseMoreAlarms() {
        assertThat(meanTimeToAlarm(0.5, 5)).isGreaterThan(50);
    }

    private static double meanTimeToAlarm(double rho, long seed) {
        Random random = new Random(seed);
        long blocks = 0;
        int alarms = 0;
        while (alarms < 150) {
            ShiftMonitor monitor = new ShiftMonitor(1, 0, false, 64, 4);
            double x = random.nextGaussian();
            ShiftMonitor.Step step = ShiftMonitor.Step.NOTHING;
            while (step == ShiftMonitor.Step.NOTHING) {
                x = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
                step =
                        monitor.accept(
                                blocks,
                                blocks,
                                new double[] {x},
                                Math.log(50),
                                (before, after) -> true);
                blocks++;
            }
            alarms++;
        }
        return (double) blocks / alarms;
    }

    @Test
    void findsTheBlockWithWhichAShiftBegan() {
        Random random = new Random(6);
        BlockWindow window = window(random, 40, 0, 1);
        for (int i = 0; i < 5; i++) {
            window.add(40 + i, 40 + i, 5 + random.nextGaussian());
        }
        ShiftEvidence evidence = ShiftEvidence.of(window, 1, REFERENCE);
        assertThat(evidence.change(false)).isEqualTo(40);
        assertThat(evidence.detector(0)).isGreaterThan(Math.log(1e6));
    }
}
