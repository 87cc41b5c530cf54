package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds out whether a file has one value a row, and a column that says what was measured. */
final class LongFormatFinder {
    private static final Pattern METRIC =
            Pattern.compile(
                    ".*(metric|parameter|variable|field|measure|signal|channel|tag|element|item|point"
                        + "|sensor|name|merkmal|messgr|quantity|pollutant|attribute).*");
    private static final Pattern VALUE =
            Pattern.compile(
                    ".*(value|wert|reading|result|valeur|valor|messwert|data_?value|conc).*");
    private static final int MOST_METRICS = 300;

    /** Share of the rows that a column tells apart from others of the same time. */
    private static final double LEAST_TOLD = 0.2;

    private static final int ROWS_OF_A_CODE = 20;

    private final Table table;
    private final Times times;
    private final Numerals numerals;

    LongFormatFinder(Table table, Times times, Numerals numerals) {
        this.table = table;
        this.times = times;
        this.numerals = numerals;
    }

    /** Null if rows have all values of a time. */
    LongFormat find() {
        if (!times.exist() || table.rows() < 10) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        List<Integer> texts = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            if (times.columns().contains(c)) {
                continue;
            }
            ColumnText text = new ColumnText(table.columns().get(c), numerals);
            if (text.isNumeric()) {
                if (isMeasured(text.values())) {
                    numbers.add(c);
                }
            } else if (text.distinctTexts() > 1 && text.distinctTexts() <= MOST_METRICS) {
                texts.add(c);
            }
        }
        int value = value(numbers);
        int metric = value < 0 ? -1 : metric(texts);
        return metric < 0 ? besideCodes(numbers, metric(texts)) : new LongFormat(metric, value);
    }

    /** One column of values beside codes of assets, without which rows repeat a metric's times. */
    private LongFormat besideCodes(List<Integer> numbers, int metric) {
        List<Integer> codes = numbers.stream().filter(this::hasCodes).toList();
        List<Integer> others = numbers.stream().filter(c -> !codes.contains(c)).toList();
        if (metric < 0 || codes.isEmpty() || others.size() != 1) {
            return null;
        }
        Keys metrics = new Keys(table.columns().get(metric));
        boolean repeat = Keys.repeated(times.millis(), metrics) > LEAST_TOLD;
        boolean told =
                codes.stream()
                        .map(c -> new Keys(table.columns().get(c)))
                        .anyMatch(
                                code -> Keys.repeated(times.millis(), metrics, code) < LEAST_TOLD);
        return repeat && told ? new LongFormat(metric, others.get(0)) : null;
    }

    /** Whole numbers, few of them different. */
    private boolean hasCodes(int column) {
        Text cells = table.columns().get(column);
        Keys different = new Keys(cells);
        return different.distinct() <= Math.max(2, table.rows() / ROWS_OF_A_CODE)
                && Arrays.stream(different.names()).allMatch(code -> code.matches("\\d{0,9}"));
    }

    /** Not constant, and not a number of the row. */
    private static boolean isMeasured(double[] values) {
        boolean varies = false;
        boolean counts = true;
        for (int i = 1; i < values.length; i++) {
            double step = values[i] - values[i - 1];
            varies |= step != 0 && !Double.isNaN(step);
            counts &= step == 1;
        }
        return varies && !counts;
    }

    private int value(List<Integer> numbers) {
        if (numbers.size() == 1) {
            return numbers.get(0);
        }
        // Beside coordinates and codes, the name says which column has the values.
        List<Integer> named =
                numbers.stream().filter(c -> VALUE.matcher(title(c)).matches()).toList();
        return named.size() == 1 && numbers.size() <= 6 ? named.get(0) : -1;
    }

    private int metric(List<Integer> texts) {
        double repeated = Keys.repeated(times.millis());
        int best = -1;
        double mostScore = 0;
        for (int c : texts) {
            double left = Keys.repeated(times.millis(), new Keys(table.columns().get(c)));
            double told = repeated - left;
            double score = told * (METRIC.matcher(title(c)).matches() ? 3 : 1);
            if (told > LEAST_TOLD && score > mostScore) {
                best = c;
                mostScore = score;
            }
        }
        return best;
    }

    private String title(int column) {
        return table.titles().get(column).toLowerCase(Locale.ROOT);
    }
}
