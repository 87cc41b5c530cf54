package io.pidstream.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftMonitorTest {
    private static final double THRESHOLD = Math.log(1000);

    private final Random random = new Random(1);
    private ShiftMonitor monitor = newMonitor();
    private long time;

    private static ShiftMonitor newMonitor() {
        return new ShiftMonitor(1, 0, false, 64, 4);
    }

    private ShiftMonitor.Step next(double mean) {
        time++;
        return monitor.accept(
                time,
                time,
                new double[] {mean + random.nextGaussian()},
                THRESHOLD,
                (before, after) -> true);
    }

    private int blocksToOpen(double mean) {
        for (int i = 1; i <= 50; i++) {
            if (next(mean) == ShiftMonitor.Step.OPENED) {
                return i;
            }
        }
        throw new AssertionError("did not open");
    }

    private void usual(int blocks) {
        for (int i = 0; i < blocks; i++) {
            assertThat(next(0)).isEqualTo(ShiftMonitor.Step.NOTHING);
        }
    }

    @Test
    void opensSoonAfterAShiftAndKnowsBeforeAndAfter() {
        usual(30);
        assertThat(blocksToOpen(6)).isLessThanOrEqualTo(4);
        assertThat(monitor.before().mean(0)).isBetween(-0.6, 0.6);
        assertThat(monitor.after().mean(0)).isBetween(4.0, 8.0);
        assertThat(monitor.rows().get(monitor.change()).start()).isEqualTo(31);
    }

    @Test
    void isOverAfterThreeCalmBlocksInARowAndNotBefore() {
        usual(30);
        blocksToOpen(10);
        assertThat(next(0)).isEqualTo(ShiftMonitor.Step.NOTHING);
        assertThat(next(0)).isEqualTo(ShiftMonitor.Step.NOTHING);
        assertThat(next(10)).isEqualTo(ShiftMonitor.Step.NOTHING);
        assertThat(next(0)).isEqualTo(ShiftMonitor.Step.NOTHING);
        assertThat(next(0)).isEqualTo(ShiftMonitor.Step.NOTHING);
        ShiftMonitor.Step step = next(0);
        assertThat(step).isEqualTo(ShiftMonitor.Step.RETURNED);
        monitor.close(step);
        assertThat(monitor.isOpen()).isFalse();
    }

    @Test
    void isArmedAgainWithTheOldReferenceAfterAReturn() {
        usual(30);
        blocksToOpen(10);
        ShiftMonitor.Step step = ShiftMonitor.Step.NOTHING;
        while (step == ShiftMonitor.Step.NOTHING) {
            step = next(0);
        }
        monitor.close(step);
        usual(5);
        assertThat(blocksToOpen(6)).isLessThanOrEqualTo(4);
    }

    @Test
    void whatStaysBecomesTheNewReference() {
        usual(30);
        blocksToOpen(10);
        ShiftMonitor.Step step = ShiftMonitor.Step.NOTHING;
        int blocks = 0;
        while (step == ShiftMonitor.Step.NOTHING) {
            step = next(10);
            blocks++;
        }
        assertThat(step).isEqualTo(ShiftMonitor.Step.SETTLED);
        assertThat(blocks).isEqualTo(ShiftMonitor.SETTLED_BLOCKS);
        monitor.close(step);
        for (int i = 0; i < 20; i++) {
            assertThat(next(10)).isEqualTo(ShiftMonitor.Step.NOTHING);
        }
        assertThat(blocksToOpen(0)).isLessThanOrEqualTo(4);
    }

    @Test
    void anIrrelevantShiftIsNotReported() {
        usual(30);
        for (int i = 0; i < 20; i++) {
            time++;
            double[] statistic = {6 + random.nextGaussian()};
            assertThat(monitor.accept(time, time, statistic, THRESHOLD, (b, a) -> false))
                    .isEqualTo(ShiftMonitor.Step.NOTHING);
        }
    }

    @Test
    void goesOnBitForBitAfterARestore() throws IOException {
        usual(30);
        blocksToOpen(8);
        next(8);
        ShiftMonitor restored = restored(monitor);
        for (int i = 0; i < 60; i++) {
            double[] statistic = {random.nextGaussian()};
            ShiftMonitor.Step a = accept(monitor, i, statistic);
            ShiftMonitor.Step b = accept(restored, i, statistic);
            assertThat(b).isEqualTo(a);
            if (a == ShiftMonitor.Step.RETURNED || a == ShiftMonitor.Step.SETTLED) {
                monitor.close(a);
                restored.close(b);
            }
            assertThat(restored.evidence()).isEqualTo(monitor.evidence());
        }
        assertThat(bytes(restored)).isEqualTo(bytes(monitor));
    }

    private static ShiftMonitor.Step accept(ShiftMonitor monitor, long time, double[] statistic) {
        return monitor.accept(1000 + time, 1000 + time, statistic, THRESHOLD, (b, a) -> true);
    }

    private static ShiftMonitor restored(ShiftMonitor monitor) throws IOException {
        return newMonitor().readFrom(new DataInputStream(new ByteArrayInputStream(bytes(monitor))));
    }

    private static byte[] bytes(ShiftMonitor monitor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        monitor.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
