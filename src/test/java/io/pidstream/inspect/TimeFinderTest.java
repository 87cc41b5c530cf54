package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFinderTest {
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 29, 22, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd'T'HH:mm:ss",
                "yyyy-MM-dd HH:mm",
                "dd.MM.yyyy HH:mm",
                "d.M.yyyy H:mm:ss",
                "dd/MM/yyyy HH:mm:ss.SSS",
                "MM/dd/yyyy hh:mm a",
                "M/d/yyyy h:mm:ss a",
                "yyyy/MM/dd HH:mm",
                "yyyyMMdd HHmmss",
                "yyyyMMddHHmm",
                "yyyyMMdd:HHmm",
                "dd-MMM-yyyy HH:mm:ss",
                "dd/MM/yy HH",
                "dd.MM.yyyy, HH:mm",
                "MMM d, yyyy HH:mm"
            })
    void patternsAreFoundFromTheTimes(String pattern) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        Times times = find("when", i -> START.plusHours(i).format(format));

        assertThat(times.columns()).containsExactly(0);
        assertHourly(times);
    }

    /** Where no day is above 12 the rows would be a month apart if read the other way. */
    @Test
    void dayAndMonthAreToldApartByTheSteps() {
        LocalDateTime start = LocalDateTime.of(2024, 3, 1, 0, 0);
        for (String pattern : List.of("dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm")) {
            DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            Times times = find("when", i -> start.plusHours(i).format(format));
            assertThat(times.format().yaml()).isEqualTo(pattern);
        }
    }

    @Test
    void isoTimesMayHaveOffsets() {
        Times times = find("ts", i -> START.plusHours(i).minusHours(2) + ":00-02:00");

        assertThat(times.format()).isInstanceOf(TimeNotation.Iso.class);
        assertHourly(times);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 1_000_000, 1_000_000_000})
    void epochsAreToldApartByTheirSize(long perSecond) {
        Times times =
                find(
                        "x",
                        i ->
                                String.valueOf(
                                        START.plusHours(i).toEpochSecond(ZoneOffset.UTC)
                                                * perSecond));

        assertHourly(times);
    }

    @Test
    void daysOfSpreadsheetsAreTimes() {
        double day = 45_320 + 22 / 24.0;
        Times times = find("Date", i -> String.valueOf(day + i / 24.0));

        assertThat(times.format().yaml()).isEqualTo("excel");
        assertHourly(times);
    }

    @Test
    void dateAndTimeMayHaveColumnsOfTheirOwn() {
        Table table =
                table(
                        "Date;Time;v\n",
                        i ->
                                "%s;%s;%d\n"
                                        .formatted(
                                                START.plusHours(i)
                                                        .format(
                                                                DateTimeFormatter.ofPattern(
                                                                        "dd.MM.yyyy")),
                                                START.plusHours(i)
                                                        .format(
                                                                DateTimeFormatter.ofPattern(
                                                                        "HH.mm.ss")),
                                                i % 7));
        Times times = new TimeFinder(table, Numerals.PLAIN).find();

        assertThat(times.columns()).containsExactly(0, 1);
        assertThat(times.format().yaml()).isEqualTo("dd.MM.yyyy HH.mm.ss");
        assertHourly(times);
    }

    @Test
    void yearMonthDayAndHourMayHaveColumnsOfTheirOwn() {
        Table table =
                table(
                        "No;year;month;day;hour;v\n",
                        i -> {
                            LocalDateTime time = START.plusHours(i);
                            return "%d;%d;%d;%d;%d;%d\n"
                                    .formatted(
                                            i,
                                            time.getYear(),
                                            time.getMonthValue(),
                                            time.getDayOfMonth(),
                                            time.getHour(),
                                            i % 7);
                        });
        Times times = new TimeFinder(table, Numerals.PLAIN).find();

        assertThat(times.columns()).containsExactly(1, 2, 3, 4);
        assertHourly(times);
    }

    /** Of a counter, rows have times of their own, unless assets tell them apart. */
    @Test
    void aCounterThatHardlyRisesIsNoTime() {
        assertThat(find("run time", i -> String.valueOf(i)).exist()).isTrue();
        assertThat(find("time since start", i -> String.valueOf(i / 20)).exist()).isFalse();
    }

    @Test
    void withoutTimesRowsAreCounted() {
        Times times = find("pressure", i -> String.valueOf(1000 + i % 13));

        assertThat(times.exist()).isFalse();
        assertThat(times.millis()).startsWith(0, 1000, 2000);
    }

    private static void assertHourly(Times times) {
        Instant start = START.toInstant(ZoneOffset.UTC);
        assertThat(Instant.ofEpochMilli(times.millis()[0])).isEqualTo(start);
        for (int row = 0; row < times.millis().length; row++) {
            assertThat(times.millis()[row]).isEqualTo(start.toEpochMilli() + 3_600_000L * row);
        }
    }

    private static Times find(String name, Function<Integer, String> cell) {
        Table table = table(name + ";v\n", i -> cell.apply(i) + ";" + i % 7 + "\n");
        return new TimeFinder(table, Numerals.PLAIN).find();
    }

    private static Table table(String header, Function<Integer, String> row) {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < 200; i++) {
            text.append(row.apply(i));
        }
        FileText file = new FileText("d.csv", false, StandardCharsets.UTF_8, text.toString(), true);
        int columns = header.split(";").length;
        Dialect dialect = new Dialect(';', Numerals.PLAIN, 0, true, 0, columns, false);
        return Table.read(file, dialect, 1000);
    }
}
