package io.pidstream.csv;

import io.pidstream.config.PipelineConfig.CsvText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Numbers in the cells of a file. */
final class CellNumbers {
    private final CsvText text;
    private final Pattern grouped;
    private final Set<String> missing = new HashSet<>(MissingWords.all());
    private final double[] missingNumbers;

    CellNumbers(CsvText text) {
        this.text = text;
        this.grouped =
                text.thousands() == null
                        ? null
                        : Pattern.compile(
                                "[+-]?\\d{1,3}(%s\\d{3})+(%s\\d*)?"
                                        .formatted(
                                                group(text.thousands()),
                                                Pattern.quote(String.valueOf(text.decimal()))));
        text.missing().forEach(mark -> missing.add(mark.strip().toLowerCase(Locale.ROOT)));
        this.missingNumbers =
                text.missing().stream()
                        .mapToDouble(this::mark)
                        .filter(v -> !Double.isNaN(v))
                        .toArray();
    }

    /** Spreadsheets write a space that does not break. */
    private static String group(char thousands) {
        return thousands == ' ' ? "[ \u00a0\u202f]" : Pattern.quote(String.valueOf(thousands));
    }

    /** The number of a mark for missing values; NaN if it is none. */
    private double mark(String mark) {
        for (String written : List.of(mark, mark.replace(text.decimal(), '.'))) {
            try {
                return Double.parseDouble(written);
            } catch (NumberFormatException e) {
                continue; // A text, or written with another decimal point.
            }
        }
        return Double.NaN;
    }

    /**
     * @param cell without space around it
     * @return the number; NaN if it is missing
     * @throws NumberFormatException if it is neither
     */
    double parse(String cell) {
        if (missing.contains(cell) || missing.contains(cell.toLowerCase(Locale.ROOT))) {
            return Double.NaN;
        }
        double number = number(cell);
        return Arrays.stream(missingNumbers).anyMatch(mark -> mark == number) ? Double.NaN : number;
    }

    private double number(String cell) {
        double truth = TruthWords.of(cell);
        if (!Double.isNaN(truth)) {
            return truth;
        }
        String plain = cell;
        if (grouped != null && grouped.matcher(cell).matches()) {
            plain = cell.replaceAll(group(text.thousands()), "");
        }
        if (text.decimal() != '.') {
            if (plain.indexOf('.') >= 0) {
                throw new NumberFormatException(cell);
            }
            plain = plain.replace(text.decimal(), '.');
        }
        char last = plain.charAt(plain.length() - 1);
        if (last == 'd' || last == 'f' || last == 'D' || last == 'F') {
            throw new NumberFormatException(cell); // A literal of Java.
        }
        double number = Double.parseDouble(plain);
        if (Double.isNaN(number)) {
            throw new NumberFormatException(cell);
        }
        return number;
    }

    /** What a cell should have been, for messages. */
    String expected(String cell) {
        boolean comma = text.decimal() == '.' && cell.matches("[+-]?\\d*,\\d+");
        return "a number, or nothing for a missing value"
                + (comma ? " (set csv.decimal for a decimal comma)" : "");
    }
}
