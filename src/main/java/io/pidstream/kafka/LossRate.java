package io.pidstream.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * Compares what a topic of losses gets with what comes in, minute by minute. Counts are differences
 * of offsets, which the marks of transactions are part of, so a few are never worth a line.
 */
final class LossRate {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(10);
    private static final double SHARE = 0.05;
    private static final long LEAST = 100;

    private final String format;
    private Duration start;
    private Duration said;
    private long lost;
    private long came;

    /**
     * @param format of a line, with the number lost and the number that came
     */
    LossRate(String format) {
        this.format = format;
    }

    /**
     * A line at the end of a minute in which too much was lost, at most every ten minutes.
     *
     * @param now time since any moment
     * @param lost records lost so far
     * @param came records that came in so far
     */
    Optional<String> look(Duration now, long lost, long came) {
        if (start != null && now.minus(start).compareTo(WINDOW) < 0) {
            return Optional.empty();
        }
        long newLost = lost - this.lost;
        long newCame = came - this.came;
        boolean first = start == null;
        start = now;
        this.lost = lost;
        this.came = came;
        boolean much = !first && newLost >= LEAST && newLost > SHARE * newCame;
        if (!much || (said != null && now.minus(said).compareTo(SAY_AGAIN) < 0)) {
            return Optional.empty();
        }
        said = now;
        return Optional.of(format.formatted(newLost, newCame));
    }
}
