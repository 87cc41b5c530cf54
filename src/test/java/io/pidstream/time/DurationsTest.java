package io.pidstream.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "24h, PT24H",
        "90m, PT90M",
        "5 min, PT5M",
        "30s, PT30S",
        "7d, P7D",
        "500ms, PT0.5S",
        "1.5h, PT90M",
        "PT24H, PT24H",
        "P1D, PT24H",
        "pt0.5s, PT0.5S"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "h", "1y", "-1h", "99999999999999999999h", "1h30"})
    void refusesOthers(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"s, PT1S", "ms, PT0.001S", "us, PT0.000001S", "ns, PT0.000000001S", "PT1H, PT1H"})
    void readsUnits(String text, Duration expected) {
        assertThat(Durations.parseUnit(text)).isEqualTo(expected);
    }
}
