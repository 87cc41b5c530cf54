package io.pidstream.simulate;

import io.pidstream.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/**
 * A shift of contributions to inject into a stream on purpose, to try out alerts. Written {@code
 * R1:0.6} or {@code R1:PT2M}, with {@code :ramp} for a gradual one.
 *
 * @param scenario what happens
 * @param share of the rows before it happens; NaN if {@code after} is given
 * @param after time before it happens; null if {@code share} is given
 * @param ramp whether it grows gradually over {@value #RAMP_ROWS} rows
 */
public record Injection(Scenario scenario, double share, Duration after, boolean ramp) {
    /** Rows over which a gradual shift grows. */
    public static final int RAMP_ROWS = 500;

    /** The expected form, for messages. */
    public static final String EXPECTED =
            "R0 to R5, a colon and the share of rows before it, such as R1:0.6, or a time, such as"
                    + " R1:PT2M; with :ramp for a gradual one";

    /** What happens. */
    public enum Scenario {
        /** Nothing. */
        R0,
        /** The first modality becomes independent of the target and keeps its own distribution. */
        R1,
        /** The second modality gets three standard deviations of noise. */
        R2,
        /** The channel of the first modality that is most correlated with the target freezes. */
        R3,
        /** The channels most correlated with the target in both modalities are swapped. */
        R4,
        /**
         * All channels of the first modality are disturbed by the values of one channel of the
         * second.
         */
        R5;

        /** Seed of its random numbers. */
        public long seed() {
            return 10L + ordinal();
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException naming what was expected
     */
    public static Injection parse(String text) {
        String[] parts = text.split(":", -1);
        boolean ramp = parts.length == 3 && parts[2].equals("ramp");
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !ramp)) {
            throw wrong(text);
        }
        try {
            Scenario scenario = Scenario.valueOf(parts[0].toUpperCase(Locale.ROOT));
            if (parts[1].matches(".*[a-zA-Z]")) {
                return new Injection(scenario, Double.NaN, Durations.parse(parts[1]), ramp);
            }
            double share = Double.parseDouble(parts[1]);
            if (!(share > 0 && share < 1)) {
                throw wrong(text);
            }
            return new Injection(scenario, share, null, ramp);
        } catch (DateTimeException e) {
            throw wrong(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    /** The same injection with a time instead of a share of the duration. */
    public Injection during(Duration duration) {
        if (after != null) {
            return this;
        }
        long millis = Math.round(share * duration.toMillis());
        return new Injection(scenario, Double.NaN, Duration.ofMillis(millis), ramp);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(text + ": expected " + EXPECTED);
    }

    /**
     * Strength of the shift, 0 to 1.
     *
     * @param rows number of rows since it began
     */
    public double strength(long rows) {
        return ramp ? Math.min(1, (double) rows / RAMP_ROWS) : 1;
    }
}
