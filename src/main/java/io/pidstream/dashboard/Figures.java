package io.pidstream.dashboard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers in running text, as {@code format.js} writes them in charts and tables. */
final class Figures {
    private static final double SMALL = 1e-4;
    private static final double GROUPED = 1000;
    private static final double LARGE = 1e7;

    private Figures() {}

    /** Three significant digits, or whole numbers from 1000 on; a dash if it is not finite. */
    static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "–";
        }
        String text;
        if (size != 0 && size < SMALL) {
            BigDecimal rounded = round(value, 2);
            int exponent = rounded.precision() - rounded.scale() - 1;
            text =
                    String.format(
                            Locale.ROOT, "%.1fe%d", rounded.scaleByPowerOfTen(-exponent), exponent);
        } else if (size >= GROUPED) {
            BigDecimal shown = size < LARGE ? new BigDecimal(value) : round(value, 3);
            text = String.format(Locale.ROOT, "%,.0f", shown);
        } else {
            text = plain(round(value, 3));
        }
        return text.replace('-', '−');
    }

    /** A share in per cent: whole numbers, or two significant digits if it is small. */
    static String percent(double share) {
        double value = 100 * share;
        if (!Double.isFinite(value)) {
            return "–";
        }
        String text =
                Math.abs(value) < 9.95 && value != 0
                        ? plain(round(value, 2))
                        : Long.toString(Math.round(value));
        return text.replace('-', '−') + " %";
    }

    static String bits(double bits) {
        return Double.isFinite(bits) ? String.format(Locale.ROOT, "%.2f bit", bits) : "–";
    }

    static String withUnit(double value, String unit) {
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    /** A count with its noun, such as "1 asset" and "3 assets". */
    static String several(long count, String noun) {
        return "%s %s%s"
                .formatted(String.format(Locale.ROOT, "%,d", count), noun, count == 1 ? "" : "s");
    }

    /** Names with "and" before the last. */
    static String list(List<String> names) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static BigDecimal round(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
