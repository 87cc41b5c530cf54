package io.pidstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> KNOWN =
            List.of(
                    "pid",
                    "run",
                    "tail",
                    "train",
                    "topics",
                    "evaluate",
                    "--config",
                    "--covariance");

    @ParameterizedTest
    @CsvSource({
        "evalute,evaluate",
        "EVALUATE,evaluate",
        "eval,evaluate",
        "tial,tail",
        "trian,train",
        "pd,pid",
        "--confg,--config",
        "--cov,--covariance",
        "foo,",
        "ab,",
        "x,",
        "--x,"
    })
    void aNameIsMeantWhereFewEditsOrItsBeginningLeadToIt(String written, String meant) {
        assertThat(Spelling.meant(written, KNOWN).orElse(null)).isEqualTo(meant);
    }
}
