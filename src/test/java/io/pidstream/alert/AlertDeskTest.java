package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventSamples;
import io.pidstream.stats.BrokenInvariant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
    private static final AlertSettings SETTINGS =
            new AlertSettings(
                    "y",
                    List.of("a", "b"),
                    List.of("a.a0", "b.b0"),
                    Duration.ofDays(1),
                    0.05,
                    Duration.ofMinutes(20));

    /** Decisions depend on the order of blocks within an instant. */
    @Test
    void blocksOutOfOrderAreRefusedWithTheirAssets() {
        BlockStatistics block = EventSamples.block(1);
        AlertDesk desk = new AlertDesk(SETTINGS, new FleetBook(), new InMemory());

        assertThatThrownBy(() -> desk.accept(0, List.of(of("y", block), of("x", block)), List.of()))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage(
                        "the block of asset x comes after that of y; expected the order of names");
    }

    private static BlockStatistics of(String asset, BlockStatistics block) {
        return new BlockStatistics(
                asset,
                block.modelVersion(),
                block.start(),
                block.end(),
                block.known(),
                block.frames(),
                block.assets(),
                block.samples(),
                block.inflation(),
                block.information(),
                block.reason(),
                block.error(),
                block.presence(),
                block.channels());
    }

    private static final class InMemory implements AlertDesk.Monitors {
        private final Map<String, AssetMonitors> byAsset = new HashMap<>();

        @Override
        public AssetMonitors get(String asset) {
            return byAsset.get(asset);
        }

        @Override
        public void put(String asset, AssetMonitors monitors) {
            byAsset.put(asset, monitors);
        }
    }
}
