package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.event.BlockStatistics;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.testing.BlockSeries;
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
        AlertDesk desk = new AlertDesk(SETTINGS, new FleetBook(), new InMemory());

        assertThatThrownBy(() -> desk.accept(0, List.of(of("y"), of("x")), List.of()))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage(
                        "the block of asset x comes after that of y; expected the order of names");
    }

    private static BlockStatistics of(String asset) {
        return new BlockSeries(asset, 10).next(1, 0.5, 1.2, 1, 1);
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
