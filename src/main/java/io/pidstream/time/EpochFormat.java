package io.pidstream.time;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** A number of units since 1970. */
final class EpochFormat extends TimeFormat {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private final Duration unit;

    EpochFormat(Duration unit) {
        this.unit = unit;
    }

    @Override
    WrittenTime read(String text) {
        try {
            return WrittenTime.of(Instant.EPOCH.plus(times(text, unit)));
        } catch (ArithmeticException e) {
            throw new DateTimeException(text + " is too far from 1970", e);
        }
    }

    /**
     * A number of units, exact to a nanosecond.
     *
     * @throws DateTimeException if the text is not a number
     * @throws ArithmeticException if it is too large
     */
    static Duration times(String number, Duration unit) {
        BigInteger unitNanos =
                BigInteger.valueOf(unit.getSeconds())
                        .multiply(NANOS)
                        .add(BigInteger.valueOf(unit.getNano()));
        BigInteger[] parts =
                Numbers.parse(number)
                        .multiply(new BigDecimal(unitNanos))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toBigInteger()
                        .divideAndRemainder(NANOS);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    @Override
    public String expected() {
        return "a number that counts %s since 1970".formatted(name());
    }

    private String name() {
        return switch (unit.toString()) {
            case "PT1S" -> "seconds";
            case "PT0.001S" -> "milliseconds";
            case "PT0.000001S" -> "microseconds";
            case "PT0.000000001S" -> "nanoseconds";
            default -> "steps of " + unit;
        };
    }
}
