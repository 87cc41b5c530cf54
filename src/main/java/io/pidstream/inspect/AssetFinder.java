package io.pidstream.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the column that says which asset a row is of: the one with few values that tells rows of
 * the same time apart.
 */
final class AssetFinder {
    private static final Pattern NAME =
            Pattern.compile(
                    ".*(asset|unit|machine|device|station|site|engine|turbine|patient|subject|vehicle"
                        + "|location|host|plant|anlage|maschine|equip|serial|node).*|(.*[^a-z])?id([^a-z].*)?");
    private static final int MOST_ASSETS = 5000;

    /** Rows of the same time that need no explanation, such as an hour that comes twice a year. */
    private static final double FEW = 0.02;

    private final Table table;
    private final Times times;
    private final Keys[] known;

    /**
     * @param known what tells rows of the same time apart already, such as what was measured
     */
    AssetFinder(Table table, Times times, Keys... known) {
        this.table = table;
        this.times = times;
        this.known = known.clone();
    }

    /**
     * @param excluded columns that are something else
     * @return index of the column; −1 if all rows are of one asset
     */
    int find(List<Integer> excluded) {
        if (!times.exist()) {
            return -1;
        }
        double repeated = Keys.repeated(times.millis(), known);
        if (repeated < FEW) {
            return -1;
        }
        int best = -1;
        double leastScore = Double.MAX_VALUE;
        for (int c = 0; c < table.columns().size(); c++) {
            if (excluded.contains(c) || times.columns().contains(c)) {
                continue;
            }
            Keys keys = new Keys(table.columns().get(c));
            if (!mayBeAssets(keys, c)) {
                continue;
            }
            double left = Keys.repeated(times.millis(), with(keys));
            double score = left + (isNamed(c) ? 0 : 0.02) + 1e-6 * keys.distinct();
            if (left <= 0.5 * repeated && score < leastScore) {
                best = c;
                leastScore = score;
            }
        }
        return best;
    }

    /**
     * The column that names the only asset so far, as more may come: one of a telling name that has
     * the same text in all rows, or the key of Kafka's records.
     *
     * @return −1 if there is none
     */
    int onlyOne(List<Integer> excluded) {
        int key = table.indexOf(SampledTopic.KEY);
        for (int c = 0; c < table.columns().size(); c++) {
            if (!excluded.contains(c) && c != key && isNamed(c) && hasOneText(c)) {
                return c;
            }
        }
        return key >= 0 && new Keys(table.columns().get(key)).distinct() == 1 ? key : -1;
    }

    private boolean hasOneText(int column) {
        String first = table.columns().get(column).get(0);
        return CellKind.of(first) == CellKind.TEXT
                && first.length() <= 100
                && new Keys(table.columns().get(column)).distinct() == 1;
    }

    private Keys[] with(Keys more) {
        Keys[] all = Arrays.copyOf(known, known.length + 1);
        all[known.length] = more;
        return all;
    }

    /** Whether a column has few values, which are no measurements. */
    private boolean mayBeAssets(Keys keys, int column) {
        int distinct = keys.distinct();
        if (distinct < 2 || distinct > MOST_ASSETS || distinct > table.rows() / 3) {
            return false;
        }
        for (String name : keys.names()) {
            boolean fraction = name.matches("[+-]?\\d*[.,]\\d+");
            if (name.isEmpty() || name.length() > 100 || (fraction && !isNamed(column))) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(int column) {
        return NAME.matcher(table.titles().get(column).toLowerCase(Locale.ROOT)).matches();
    }
}
