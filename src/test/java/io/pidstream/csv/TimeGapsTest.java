package io.pidstream.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeGapsTest {
    private static final long YEAR = 365 * 24;

    private static TimeGaps.Bounds bounds(LongStream hours) {
        TimeGaps gaps = new TimeGaps();
        hours.sorted().forEach(hour -> gaps.add(Instant.EPOCH.plusSeconds(3600 * hour)));
        return gaps.bounds();
    }

    private static LongStream hours(long from, long count) {
        return LongStream.range(from, from + count);
    }

    private static void isBounded(TimeGaps.Bounds bounds, long from, long to) {
        assertThat(bounds.earliest()).isEqualTo(Instant.EPOCH.plusSeconds(3600 * from));
        assertThat(bounds.latest()).isEqualTo(Instant.EPOCH.plusSeconds(3600 * to));
    }

    @Test
    void aFewTimesFarFromAllOthersAreOutside() {
        LongStream strayed =
                LongStream.concat(
                        hours(50 * YEAR, 1_000), LongStream.of(0, 1, 20 * YEAR, 60 * YEAR));
        isBounded(bounds(strayed), 50 * YEAR, 50 * YEAR + 999);
    }

    @Test
    void aBreakBetweenTwoSeasonsIsNone() {
        LongStream seasons = LongStream.concat(hours(0, 500), hours(3 * YEAR, 500));
        isBounded(bounds(seasons), 0, 3 * YEAR + 499);
    }

    @Test
    void aShortFileOrAShortGapIsWhole() {
        isBounded(bounds(LongStream.concat(hours(0, 50), LongStream.of(YEAR))), 0, YEAR);
        isBounded(bounds(LongStream.concat(hours(0, 500), LongStream.of(900))), 0, 900);
        isBounded(bounds(LongStream.generate(() -> 7).limit(300)), 7, 7);
    }
}
