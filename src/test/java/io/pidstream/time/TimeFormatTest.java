package io.pidstream.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-31T12:30:15Z | 2024-01-31T12:30:15Z",
                "2024-01-31t12:30:15z | 2024-01-31T12:30:15Z",
                "2024-01-31 12:30:15 | 2024-01-31T12:30:15Z",
                "2024-01-31 12:30 | 2024-01-31T12:30:00Z",
                "2024-01-31T12:30:15.123456789 | 2024-01-31T12:30:15.123456789Z",
                "2024-01-31 12:30:15,5 | 2024-01-31T12:30:15.500Z",
                "2024-01-31 12:30:15.5 UTC | 2024-01-31T12:30:15.500Z",
                "2024-01-31T12:30:15+02:00 | 2024-01-31T10:30:15Z",
                "2024-01-31T12:30+0200 | 2024-01-31T10:30:00Z",
                "2024-01-31 12:30:15 +02 | 2024-01-31T10:30:15Z",
                "2024-01-31T12:30:15-05:30 | 2024-01-31T18:00:15Z",
                "2024-01-31T12:30:15+01:00[Europe/Berlin] | 2024-01-31T11:30:15Z",
                "2024-01-31T12:30:15[Europe/Berlin] | 2024-01-31T11:30:15Z",
                "2021-10-31T02:00:00+02:00 | 2021-10-31T00:00:00Z",
                "2021-10-31T02:00:00+01:00 | 2021-10-31T01:00:00Z",
                "2021-10-31T02:00:00+01:00[Europe/Berlin] | 2021-10-31T01:00:00Z",
                "2024-01-31 | 2024-01-31T00:00:00Z",
                "2024-1-3 7:05 | 2024-01-03T07:05:00Z",
                "2024-01-31 24:00 | 2024-02-01T00:00:00Z",
                "20240131T123015Z | 2024-01-31T12:30:15Z",
                "20240131T1230 | 2024-01-31T12:30:00Z",
                "20240131 | 2024-01-31T00:00:00Z",
            })
    void readsIso(String text, Instant expected) {
        assertThat(TimeFormat.of("iso").parse(text).in(UTC)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "31.01.2024",
                "2024-02-30",
                "2024-01-31T25:00",
                "2024-01-31T",
                "2024-01-31T12:30:15+02:00x",
                "2024-01-31T12:30:15[Europe/Nowhere]",
                "1700000000"
            })
    void refusesWhatIsNotIso(String text) {
        assertThatThrownBy(() -> TimeFormat.of("iso").parse(text))
                .as(text)
                .isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd HH:mm:ss | 2024-01-31 12:30:15 | 2024-01-31T12:30:15Z",
                "yyyy-MM-dd'T'HH:mm:ssXXX | 2021-10-31T02:00:00+02:00 | 2021-10-31T00:00:00Z",
                "dd/MM/yyyy HH.mm.ss | 10/03/2004 18.00.00 | 2004-03-10T18:00:00Z",
                "dd.MM.yyyy | 31.01.2024 | 2024-01-31T00:00:00Z",
                "MM/dd/yyyy HH:mm | 12/31/2024 24:00 | 2025-01-01T00:00:00Z",
                "yyyy-DDD HH:mm | 2024-366 24:00 | 2025-01-01T00:00:00Z",
                "d.M.uuuu H:mm | 3.1.2024 7:05 | 2024-01-03T07:05:00Z",
                "dd-MMM-yy hh:mm a | 31-JAN-24 12:30 pm | 2024-01-31T12:30:00Z",
                "EEE MMM d HH:mm:ss yyyy | wed Jan 31 12:30:15 2024 | 2024-01-31T12:30:15Z",
                "yyyy-MM-dd HH:mm VV | 2024-01-31 12:30 Europe/Berlin | 2024-01-31T11:30:00Z",
                "yyyy-MM-dd Z | 2024-01-31 +0100 | 2024-01-30T23:00:00Z",
                "yyyy-MM-dd HH | 2024-01-31 12 | 2024-01-31T12:00:00Z",
                "yyyy-DDD HH:mm | 2024-031 12:30 | 2024-01-31T12:30:00Z",
            })
    void readsPatterns(String pattern, String text, Instant expected) {
        assertThat(TimeFormat.of(pattern).parse(text).in(UTC)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MM-dd HH:mm | no whole date",
                "yyyy-mm-dd | no whole date",
                "HH:mm:ss | no whole date",
                "yyyy-MM | no whole date",
                "YYYY-MM-dd | no whole date",
                "yyyy-MM-DD | the day is dd",
                "yyyy-MM-dd hh:mm | no whole time",
                "yyyy-MM-dd q{ | Pattern",
            })
    void refusesPatternsThatLoseTheDateOrTheTime(String pattern, String reason) {
        assertThatThrownBy(() -> TimeFormat.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theHour24EndsADayThatThereIs() {
        TimeFormat format = TimeFormat.of("dd.MM.yyyy HH:mm");
        assertThat(format.parse("29.02.2024 24:00").in(UTC)).isEqualTo("2024-03-01T00:00:00Z");
        for (String text :
                List.of(
                        "30.02.2024 24:00",
                        "31.04.2024 24:00",
                        "29.02.2024 24:01",
                        "1.1.24 25:00")) {
            assertThatThrownBy(() -> format.parse(text))
                    .as(text)
                    .isInstanceOf(DateTimeException.class);
        }
    }

    @Test
    void refusesDaysThatAMonthDoesNotHave() {
        assertThatThrownBy(() -> TimeFormat.of("dd.MM.yyyy").parse("30.02.2024"))
                .isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "s, 1700000000, 2023-11-14T22:13:20Z",
        "s, 1700000000.123, 2023-11-14T22:13:20.123Z",
        "s, 1.7E9, 2023-11-14T22:13:20Z",
        "s, -0.5, 1969-12-31T23:59:59.500Z",
        "ms, 1700000000123, 2023-11-14T22:13:20.123Z",
        "us, 1700000000123456, 2023-11-14T22:13:20.123456Z",
        "ns, 1700000000123456789, 2023-11-14T22:13:20.123456789Z",
        "PT1H, 36, 1970-01-02T12:00:00Z",
        "1d, 0.5, 1970-01-01T12:00:00Z",
    })
    void countsFrom1970(String unit, String text, Instant expected) {
        TimeFormat format = TimeFormat.since1970(Durations.parseUnit(unit));
        assertThat(format.parse(text).in(ZoneId.of("Europe/Berlin"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "NaN", "1700000000000000", "1e99", "1e999999999", "0x10"})
    void refusesNumbersThatAreNoTime(String text) {
        assertThatThrownBy(() -> TimeFormat.since1970(Duration.ofSeconds(1)).parse(text))
                .isInstanceOf(DateTimeException.class);
    }

    @Test
    void readsTheDaysOfASpreadsheetAsLocalTime() {
        TimeFormat format = TimeFormat.of("excel");

        assertThat(format.parse("45322.5208333333").local())
                .isEqualTo(LocalDateTime.of(2024, 1, 31, 12, 30));
        assertThat(format.parse("45322").local()).isEqualTo(LocalDateTime.of(2024, 1, 31, 0, 0));
        assertThatThrownBy(() -> format.parse("31.01.2024")).isInstanceOf(DateTimeException.class);
    }

    @Test
    void anOffsetOfTheTextWinsOverAZone() {
        assertThat(TimeFormat.of("iso").parse("2024-07-01T12:00-03:00").in(ZoneId.of("Asia/Tokyo")))
                .isEqualTo(Instant.parse("2024-07-01T15:00:00Z"));
        assertThat(TimeFormat.of("iso").parse("2024-07-01T12:00").in(ZoneId.of("Asia/Tokyo")))
                .isEqualTo(Instant.parse("2024-07-01T03:00:00Z"));
    }
}
