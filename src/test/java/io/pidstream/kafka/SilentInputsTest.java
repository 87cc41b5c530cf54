package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilentInputsTest {
    private final SilentInputs silent = new SilentInputs(Duration.ofSeconds(60));

    @Test
    void aTopicThatStopsWhileAnotherGoesOnIsNamedOnceAndAgainWhenItIsBack() {
        assertThat(look(0, 10, 10)).isEmpty();
        assertThat(look(30, 20, 20)).isEmpty();
        assertThat(look(89, 30, 20)).isEmpty();
        assertThat(look(91, 40, 20))
                .singleElement()
                .asString()
                .startsWith("b: nothing has come for PT1M1S, while other readings come");
        assertThat(look(150, 50, 20)).isEmpty();

        assertThat(look(200, 60, 21)).containsExactly("b: records come again, after PT2M50S");
    }

    @Test
    void whereEverythingStopsNothingIsSaid() {
        look(0, 10, 10);
        look(10, 20, 20);

        assertThat(look(1000, 20, 20)).isEmpty();
    }

    @Test
    void aSlowTopicMustBeSilentForTwiceAsLongAsEver() {
        look(0, 10, 10);
        look(50, 20, 10);
        assertThat(look(100, 30, 11)).isEmpty();
        assertThat(look(190, 40, 11)).isEmpty();
        assertThat(look(301, 50, 11)).singleElement().asString().startsWith("b: nothing");
    }

    private List<String> look(int seconds, long a, long b) {
        return silent.look(Duration.ofSeconds(seconds), Map.of("a", a, "b", b));
    }
}
