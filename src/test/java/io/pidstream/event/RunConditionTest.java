package io.pidstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunConditionTest {
    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("drive", List.of("speed", "motor current", "mode")),
                            new Modality("air", List.of("flow", "mode"))));

    /** speed, motor current, drive.mode, flow, air.mode. */
    private static final double[] VALUES = {120, 3.5, 2, 0, Double.NaN};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "speed > 100 | RUNNING",
                "speed>100 | RUNNING",
                "speed > 120 | NOT_RUNNING",
                "speed >= 1.2e2 | RUNNING",
                "speed < -3 | NOT_RUNNING",
                "drive.speed <= 120 | RUNNING",
                "\"motor current\" != 3.5 | NOT_RUNNING",
                "drive.mode = 2 | RUNNING",
                "drive.mode == 2 | RUNNING",
                "air.mode = 2 | UNKNOWN",
                "speed > 100 and flow > 0 | NOT_RUNNING",
                "speed > 100 or flow > 0 | RUNNING",
                "flow > 0 and air.mode = 2 | NOT_RUNNING",
                "speed > 100 and air.mode = 2 | UNKNOWN",
                "air.mode = 2 or speed > 100 | RUNNING",
                "air.mode = 2 OR flow > 0 | UNKNOWN",
                "flow > 0 and flow > 0 or speed > 100 | RUNNING",
                "speed > 100 or flow > 0 and flow > 0 | RUNNING",
            })
    void comparesChannelsWithNumbers(String text, RunState expected) {
        assertThat(RunCondition.parse(text, MODALITIES).of(VALUES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "speed",
                "speed >",
                "> 100",
                "speed > fast",
                "speed > 100 and",
                "speed > 100 flow > 0",
                "and speed > 100",
                "motor current > 1",
                "speed > 100; drop",
                "speed > NaN",
            })
    void refusesWhatIsNoCondition(String text) {
        assertThatThrownBy(() -> RunCondition.parse(text, MODALITIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(RunCondition.EXPECTED);
    }

    @Test
    void namesAChannelThatIsNotThereOrNotTheOnlyOne() {
        assertThatThrownBy(() -> RunCondition.parse("sped > 100", MODALITIES))
                .hasMessage("a condition on channels of modalities; 'sped' is none");
        assertThatThrownBy(() -> RunCondition.parse("mode = 2", MODALITIES))
                .hasMessage("a condition on one channel; 'mode' may be drive.mode or air.mode");
    }
}
