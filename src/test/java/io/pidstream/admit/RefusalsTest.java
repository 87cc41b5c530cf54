package io.pidstream.admit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalsTest {
    @Test
    void theCommonestReasonIsNamedFromFivePercentOn() {
        Refusals refusals = new Refusals();
        for (int line = 2; line < 52; line++) {
            refusals.add(
                    "d.csv, line %d: column a.x1: '%do'; expected a number".formatted(line, line));
        }
        refusals.add("labels, partition 3, offset 17: value is -7.5E300; expected less");

        assertThat(refusals.count()).isEqualTo(51);
        assertThat(refusals.lines())
                .hasSize(11)
                .startsWith("d.csv, line 2: column a.x1: '2o'; expected a number")
                .endsWith("… and 41 more that were refused");
        assertThat(refusals.warning(2_000)).isEmpty();
        assertThat(refusals.warning(1_000))
                .hasValue(
                        "warning: 51 parts of 1,000 rows could not be used; most often: column"
                                + " a.x1: '…'; expected a number (50 times)");
        assertThat(new Refusals().warning(0)).isEmpty();
    }
}
