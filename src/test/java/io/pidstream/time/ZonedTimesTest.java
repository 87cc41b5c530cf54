package io.pidstream.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZonedTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant EVENING = Instant.parse("2021-10-30T20:00:00Z");

    private final ZonedTimes times = new ZonedTimes(BERLIN);

    /** The instants of a night in which clocks are set back. */
    private static List<Instant> night(int minutes) {
        return Stream.iterate(EVENING, time -> time.plusSeconds(60L * minutes))
                .limit(8 * 60 / minutes)
                .toList();
    }

    private List<Instant> throughLocalTime(List<Instant> instants) {
        return instants.stream()
                .map(instant -> LocalDateTime.ofInstant(instant, BERLIN))
                .map(local -> times.resolve("a", WrittenTime.of(local)))
                .toList();
    }

    @Test
    void aSeriesByTheHourHasOneLocalTimeTwice() {
        assertThat(throughLocalTime(night(60))).isEqualTo(night(60));
        assertThat(times.note().orElseThrow())
                .isEqualTo(
                        "2 times are ones that Europe/Berlin has twice, the first 2021-10-31T02:00:"
                                + " told apart by the order of the rows");
    }

    @Test
    void aSeriesByTheQuarterStepsBack() {
        assertThat(throughLocalTime(night(15))).isEqualTo(night(15));
    }

    @Test
    void aSeriesFromNewToOldStepsForth() {
        for (int minutes : new int[] {15, 60}) {
            List<Instant> newestFirst = new ArrayList<>(night(minutes));
            Collections.reverse(newestFirst);
            assertThat(throughLocalTime(newestFirst)).isEqualTo(newestFirst);
        }
    }

    @Test
    void rowsThatRepeatTheirTimeAreNotTakenForTheSecondPass() {
        List<Instant> twice = night(15).stream().flatMap(time -> Stream.of(time, time)).toList();
        assertThat(throughLocalTime(twice)).isEqualTo(twice);
    }

    @Test
    void sequencesDoNotMeet() {
        WrittenTime two = WrittenTime.of(LocalDateTime.of(2021, 10, 31, 2, 0));
        Instant first = Instant.parse("2021-10-31T00:00:00Z");

        assertThat(times.resolve("a", two)).isEqualTo(first);
        assertThat(times.resolve("b", two)).isEqualTo(first);
        assertThat(times.resolve("a", two)).isEqualTo(first.plusSeconds(3600));
        assertThat(times.resolve("b", two)).isEqualTo(first.plusSeconds(3600));
    }

    @Test
    void aSkippedTimeIsMovedAndSaid() {
        WrittenTime skipped = WrittenTime.of(LocalDateTime.of(2021, 3, 28, 2, 30));

        assertThat(times.resolve("a", skipped)).isEqualTo(Instant.parse("2021-03-28T01:30:00Z"));
        assertThat(times.note().orElseThrow())
                .isEqualTo(
                        "1 times are ones that Europe/Berlin skips, the first 2021-03-28T02:30:"
                                + " moved to after the gap");
    }

    @Test
    void instantsAndUtcNeedNoNote() {
        Instant instant = Instant.parse("2021-10-31T00:30:00Z");

        assertThat(times.resolve("a", WrittenTime.of(instant))).isEqualTo(instant);
        assertThat(times.note()).isEmpty();
        ZonedTimes utc = new ZonedTimes(ZoneId.of("UTC"));
        assertThat(utc.resolve("a", WrittenTime.of(LocalDateTime.of(2021, 10, 31, 2, 30))))
                .isEqualTo(Instant.parse("2021-10-31T02:30:00Z"));
    }
}
