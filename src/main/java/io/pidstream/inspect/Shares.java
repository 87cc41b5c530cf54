package io.pidstream.inspect;

import java.math.BigDecimal;
import java.util.Locale;

/** Shares and counts in words. */
final class Shares {
    private Shares() {}

    /** Such as 99.2 %; never 100 % or 0 % where it is not exactly that. */
    static String percent(double share) {
        if (share == 1 || share == 0) {
            return share == 1 ? "100 %" : "0 %";
        }
        double percent = Math.min(99.9, Math.max(0.1, 100 * share));
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Such as "1 row" or "3 rows". */
    static String count(long count, String what) {
        return count(count) + " " + what + (count == 1 ? "" : "s");
    }

    /** Without exponent and without a decimal point where there is nothing after it. */
    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** At most four digits after the sign, such as 0.2517 or 1013. */
    static String figure(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
