package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossRateTest {
    private final LossRate rate = new LossRate("%d of %d");

    @Test
    void whatWasLostBeforeTheStartDoesNotCount() {
        assertThat(look(0, 5000, 5000)).isEmpty();
        assertThat(look(60, 5000, 6000)).isEmpty();
    }

    @Test
    void aMinuteWithManyLossesIsALineAtMostEveryTenMinutes() {
        look(0, 0, 0);
        assertThat(look(30, 500, 500)).isEmpty();
        assertThat(look(60, 600, 1000)).contains("600 of 1000");
        assertThat(look(120, 1200, 2000)).isEmpty();
        assertThat(look(661, 1400, 3000)).contains("200 of 1000");
    }

    @Test
    void aFewAreNoLine() {
        look(0, 0, 0);
        assertThat(look(60, 99, 100)).isEmpty();
        assertThat(look(120, 299, 100_000)).isEmpty();
    }

    private Optional<String> look(int seconds, long lost, long came) {
        return rate.look(Duration.ofSeconds(seconds), lost, came);
    }
}
