package io.pidstream.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.stats.BrokenInvariant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockStatisticsTest {
    @Test
    void aBlockThatCannotBeIsRefusedWithItsValues() {
        assertThatThrownBy(() -> block(20, 10, 200, 1.0))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage("block of x from 20 to 10 has 200 frames of 1 assets");
        assertThatThrownBy(() -> block(10, 20, 0, 1.0)).isInstanceOf(BrokenInvariant.class);
        assertThatThrownBy(() -> block(10, 20, 200, 1.5))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage("block of x: a modality is present in a share of 1.5 of its frames");
    }

    private static BlockStatistics block(long start, long end, int frames, double presence) {
        return new BlockStatistics(
                "x",
                0,
                0,
                start,
                end,
                end,
                frames,
                1,
                200,
                1,
                List.of(0.5),
                null,
                new BlockStatistics.Error(1, 1, 1, 1),
                List.of(presence),
                List.of());
    }
}
