package io.pidstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Encoding;
import io.pidstream.forecast.BlockInformation;
import io.pidstream.pid.ModalitySet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockRecorderTest {
    private static final Encoding IDENTITY = Encoding.identity(new double[2]);
    private static final ModalitySet BOTH = ModalitySet.all(2);
    private static final BlockInformation KNOWN =
            new BlockInformation(List.of(1.0, 0.5, 1.2), null, 90, 2);

    private static BlockRecorder filled() {
        BlockRecorder recorder = new BlockRecorder(2, 2, 1);
        for (int i = 0; i < 10; i++) {
            boolean absent = i % 5 == 4;
            recorder.add(
                    "x",
                    100 + i,
                    absent ? ModalitySet.of(0) : BOTH,
                    new double[] {i % 2 == 0 ? 1 : 3, absent ? Double.NaN : 7},
                    new double[] {i % 2},
                    new double[] {i == 0 ? Double.NaN : 0.5});
        }
        return recorder;
    }

    @Test
    void countsWhatHappenedInTheBlockAndBeginsAnew() {
        BlockRecorder recorder = filled();
        BlockStatistics block = recorder.end("x", IDENTITY, 111, KNOWN);
        assertThat(block.start()).isEqualTo(100);
        assertThat(block.end()).isEqualTo(109);
        assertThat(block.frames()).isEqualTo(10);
        assertThat(block.assets()).isEqualTo(1);
        assertThat(block.presence()).containsExactly(1.0, 0.8);
        assertThat(block.channels().get(0).variance()).isEqualTo(1, within(1e-12));
        assertThat(block.channels().get(0).movement()).isEqualTo(4, within(1e-12));
        assertThat(block.channels().get(0).unchanged()).isZero();
        assertThat(block.channels().get(1).movement()).isZero();
        assertThat(block.channels().get(1).unchanged()).isEqualTo(1);
        assertThat(block.error().scored()).isEqualTo(9);
        assertThat(block.error().meanAbsolute()).isEqualTo(0.5, within(1e-12));
        assertThat(block.error().logSquared()).isEqualTo(Math.log(0.25), within(1e-12));
        recorder.add("x", 120, BOTH, new double[] {1, 7}, new double[] {0}, new double[] {0});
        BlockStatistics next = recorder.end("x", IDENTITY, 121, KNOWN);
        assertThat(next.frames()).isEqualTo(1);
        assertThat(next.channels().get(0).movement()).isNaN();
        assertThat(next.error()).isEqualTo(BlockStatistics.Error.NONE);
    }

    @Test
    void continuesAfterARestoreAsBefore() {
        BlockRecorder restored = BlockRecorder.FORMAT.copy(filled());
        assertThat(restored.end("x", IDENTITY, 1, KNOWN))
                .isEqualTo(filled().end("x", IDENTITY, 1, KNOWN));
    }
}
