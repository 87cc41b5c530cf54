package io.pidstream.inspect;

import io.pidstream.csv.MissingWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the cells of a column are: numbers with marks for missing values, a category, or text. */
final class ColumnText {
    private static final int MOST_DISTINCT = 5000;
    private static final int MOST_MARKERS = 8;

    /** A column with this share of numbers among its filled cells is one of numbers. */
    private static final double NUMBERS = 0.6;

    private final double[] values;
    private final Map<String, Integer> texts = new HashMap<>();
    private int numbers;
    private int filled;

    ColumnText(Text cells, Numerals numerals) {
        values = new double[cells.rows()];
        for (int row = 0; row < values.length; row++) {
            String cell = cells.get(row);
            values[row] = Double.NaN;
            if (MissingWords.has(cell)) {
                continue;
            }
            filled++;
            values[row] = numerals.parse(cell);
            if (!Double.isNaN(values[row])) {
                numbers++;
            } else if (texts.size() < MOST_DISTINCT || texts.containsKey(cell)) {
                texts.merge(cell, 1, Integer::sum);
            }
        }
    }

    boolean isEmpty() {
        return filled == 0;
    }

    boolean isNumeric() {
        return filled > 0 && numbers >= NUMBERS * filled;
    }

    double[] values() {
        return values;
    }

    /** Different texts; numbers of a column of texts do not count. */
    int distinctTexts() {
        return texts.size();
    }

    /** Texts between the numbers that stand for a missing value; empty if they are too many. */
    List<String> markers() {
        if (texts.size() > MOST_MARKERS) {
            return List.of();
        }
        List<String> markers = new ArrayList<>();
        for (Map.Entry<String, Integer> text : texts.entrySet()) {
            if (text.getKey().length() <= 20) {
                markers.add(text.getKey());
            }
        }
        markers.sort(null);
        return markers;
    }

    /** Cells that are neither a number nor a mark. */
    int unreadable() {
        return markers().isEmpty() ? filled - numbers : 0;
    }

    /** Why a column of texts is not used. */
    String whyNot() {
        if (isEmpty()) {
            return "empty";
        }
        List<String> values = texts.keySet().stream().sorted().limit(3).toList();
        if (texts.size() == 1) {
            return "text, always '%s'".formatted(values.get(0));
        }
        if (texts.size() == 2) {
            return "text of two values, %s and %s; write 0 and 1 instead to use it"
                    .formatted(values.get(0), values.get(1));
        }
        return texts.size() <= 50 && texts.size() < 0.2 * filled
                ? "text, a category of %d values such as %s"
                        .formatted(texts.size(), String.join(", ", values))
                : "free text or identifiers, such as " + values.get(0);
    }
}
