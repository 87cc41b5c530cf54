package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5 2.25 -3|.|none",
                "1,5 2,25 -3|,|none",
                "1.234,5 17,25|,|.",
                "1,234.5 17.25|.|,",
                "1,234,567 12|.|,",
                "1.234.567 12|,|.",
                "12 13|.|none",
                "1.234 2.345|.|none",
                "1,234 2,345|,|none",
                "1,234 2,345 1.5|.|,",
                "6.02e23 1.5E-3|.|none"
            })
    void marksAreFoundFromCellsThatCanBeReadInOneWayOnly(
            String cells, String decimal, String thousands) {
        NumeralVotes votes = new NumeralVotes();
        List.of(cells.split(" ")).forEach(votes::add);

        assertThat(votes.decide())
                .isEqualTo(
                        new Numerals(
                                decimal.charAt(0),
                                thousands.equals("none") ? '\0' : thousands.charAt(0)));
    }

    @Test
    void blanksAndApostrophesMayBeBetweenThousands() {
        NumeralVotes votes = new NumeralVotes();
        List.of("1 234,5", "17,25").forEach(votes::add);

        assertThat(votes.decide()).isEqualTo(new Numerals(',', ' '));
        NumeralVotes swiss = new NumeralVotes();
        List.of("1'234.5", "17.25").forEach(swiss::add);
        assertThat(swiss.decide()).isEqualTo(new Numerals('.', '\''));
    }

    @Test
    void onlyNumbersAreNumbers() {
        Numerals german = new Numerals(',', '.');

        assertThat(german.parse("1.234,5")).isEqualTo(1234.5);
        assertThat(german.parse("-0,5")).isEqualTo(-0.5);
        assertThat(german.parse("1e3")).isEqualTo(1000);
        for (String text : List.of("", "-", "1.2,3", "12.34", "10:30", "1d", "NaN", "0x1", "e5")) {
            assertThat(german.parse(text)).as(text).isNaN();
        }
    }
}
