package io.pidstream.report;

import io.pidstream.live.Glyphs;
import io.pidstream.pid.Estimate;
import io.pidstream.record.Columns;
import java.util.List;
import java.util.Locale;

/** Lines of text with bars and tables of bits, for a terminal. */
final class BarLines {
    private static final int BAR = 30;
    private static final int INDENT = 4;
    private static final int UNCERTAINTY = 15;

    private final Glyphs glyphs;
    private final StringBuilder text = new StringBuilder();
    private double most = 1;

    BarLines(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** All lines so far. */
    String text() {
        return text.toString().stripTrailing();
    }

    /**
     * @param most bits that fill a bar from now on
     */
    void scale(double most) {
        this.most = most;
    }

    void line(int indent, String words) {
        text.append((" ".repeat(indent) + words).stripTrailing()).append(System.lineSeparator());
    }

    void heading(String words) {
        line(0, "");
        line(INDENT / 2, words);
    }

    /**
     * A bar with its number.
     *
     * @param width that names are padded to
     * @param uncertainty what stands behind the number; may be empty
     * @param remark what stands at the end; may be empty
     */
    void bar(String name, int width, double bits, String uncertainty, String remark) {
        int halves = (int) Math.round(2 * BAR * Math.min(1, bits / most));
        String bar =
                String.valueOf(glyphs.bar()).repeat(halves / 2)
                        + (halves % 2 == 1 ? glyphs.leftHalf() : "");
        line(
                INDENT,
                "%s  %s  %s %s  %s"
                        .formatted(
                                pad(name, width),
                                pad(bar, BAR),
                                bits(bits),
                                pad(uncertainty, uncertainty.isEmpty() ? 0 : UNCERTAINTY),
                                remark));
    }

    void table(List<List<String>> rows) {
        Columns columns = new Columns();
        rows.forEach(columns::line); // Makes every column as wide as it will be.
        rows.forEach(row -> line(INDENT, columns.line(row)));
    }

    String estimate(Estimate estimate) {
        return bits(estimate.bits()) + " " + interval(estimate);
    }

    String interval(Estimate estimate) {
        return "(%s %s %s)"
                .formatted(bits(estimate.lower()), glyphs.ellipsis(), bits(estimate.upper()));
    }

    static String bits(double bits) {
        return String.format(Locale.ROOT, "%.3f", bits);
    }

    /** The longest of some names. */
    static int width(Iterable<String> names) {
        int width = 0;
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        return width;
    }

    static String pad(String words, int width) {
        return words + " ".repeat(Math.max(0, width - words.length()));
    }
}
