package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the dialect of a file from its first lines: the delimiter that gives most lines the same
 * number of cells and most cells a meaning (after van den Burg, Nazábal and Sutton 2019, "Wrangling
 * messy CSV files by detecting row and type patterns").
 */
final class DialectFinder {
    private static final char[] DELIMITERS = {',', ';', '\t', '|', Cells.BLANKS};
    private static final int HEAD = 400;
    private static final int MOST_UNIT_LINES = 3;

    /** Share of a column's cells that decides what the column has. */
    private static final double MOST = 0.8;

    /** Blanks are also between a date and its time, and in names. */
    private static final double WITHIN_CELLS = 0.6;

    private final String file;
    private final List<String> lines;

    /**
     * @param lines the first lines of a file, blank ones included
     */
    DialectFinder(String file, List<String> lines) {
        this.file = file;
        this.lines = lines.subList(0, Math.min(lines.size(), HEAD));
    }

    /** The lines of a text that a dialect is found from. */
    static List<String> head(String text) {
        return text.lines().limit(HEAD).toList();
    }

    private record Split(char delimiter, List<List<String>> rows, int columns, double score) {}

    /**
     * @throws ConfigurationException if no delimiter makes two columns
     */
    Dialect find() {
        Split best = null;
        for (char delimiter : DELIMITERS) {
            Split split = split(delimiter);
            if (split.columns() > 1 && (best == null || split.score() > best.score())) {
                best = split;
            }
        }
        if (best == null) {
            throw new ConfigurationException(
                    List.of(
                            "--data: %s: expected columns separated by ',', ';', tab, '|' or blanks"
                                    .formatted(file)));
        }
        if (best.delimiter() == Cells.BLANKS && hasRunsOfBlanks()) {
            throw new ConfigurationException(
                    List.of(
                            ("--data: %s: expected one character between columns; there are runs of"
                                            + " blanks: write it as CSV first, for instance with"
                                            + " sed 's/^ *//; s/ *$//; s/ \\+/,/g'")
                                    .formatted(file)));
        }
        return dialect(best);
    }

    private boolean hasRunsOfBlanks() {
        return lines.stream().anyMatch(line -> line.matches("( +\\S.*|.*\\S  +\\S.*)"));
    }

    private Split split(char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (String line : lines) {
            List<String> cells = Cells.of(line, delimiter);
            rows.add(cells);
            if (!line.isBlank()) {
                // Lines further down count more: the first ones may be a preamble.
                counts.merge(cells.size(), rows.size() > 5 ? 2 : 1, Integer::sum);
            }
        }
        int columns =
                counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(1);
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        double same = counts.getOrDefault(columns, 0) / all;
        double score = same * same * (0.05 + typed(rows, columns)) * (1 - 0.5 / columns);
        if (delimiter == Cells.BLANKS) {
            score *= WITHIN_CELLS;
        }
        return new Split(delimiter, rows, columns, score);
    }

    /** The share of cells that have a meaning; missing ones count little. */
    private static double typed(List<List<String>> rows, int columns) {
        double meaning = 0;
        long cells = 0;
        for (List<String> row : rows) {
            if (row.size() != columns) {
                continue;
            }
            for (String cell : row) {
                CellKind kind = CellKind.of(cell);
                meaning += kind.isTyped() ? 1 : kind == CellKind.MISSING ? 0.5 : 0.1;
                cells++;
            }
        }
        return cells == 0 ? 0 : meaning / cells;
    }

    private Dialect dialect(Split split) {
        int firstRow = firstOfMany(split);
        List<List<String>> rows =
                split.rows()
                        .subList(Math.min(firstRow + 1, split.rows().size()), split.rows().size());
        boolean[] typed = typedColumns(rows, split.columns());
        int header = headerLine(split, firstRow, typed);
        boolean named = header >= 0;
        int top = named ? header : firstRow;
        int units = named ? unitLines(split, header, typed) : 0;
        int named0 = named ? split.rows().get(header).size() : split.columns();
        int trailing = trailingEmpty(split, top, rows);
        boolean rowNames = named && trailing == 0 && named0 == split.columns() - 1;
        NumeralVotes votes = new NumeralVotes();
        for (List<String> row : rows) {
            if (row.size() == split.columns()) {
                row.forEach(votes::add);
            }
        }
        return new Dialect(
                split.delimiter(),
                votes.decide(),
                top,
                named,
                units,
                split.columns() - trailing,
                rowNames);
    }

    /** The first line with the usual number of cells that is followed by others of the kind. */
    private static int firstOfMany(Split split) {
        List<List<String>> rows = split.rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != split.columns()) {
                continue;
            }
            int same = 0;
            int until = Math.min(rows.size(), i + 6);
            for (int j = i; j < until; j++) {
                same += rows.get(j).size() == split.columns() ? 1 : 0;
            }
            if (same >= (until - i) * MOST) {
                return i;
            }
        }
        return 0;
    }

    private static boolean[] typedColumns(List<List<String>> rows, int columns) {
        boolean[] typed = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int of = 0;
            int cells = 0;
            for (List<String> row : rows) {
                if (row.size() == columns) {
                    CellKind kind = CellKind.of(row.get(c));
                    if (kind != CellKind.MISSING) {
                        cells++;
                        of += kind.isTyped() ? 1 : 0;
                    }
                }
            }
            typed[c] = cells > 0 && of >= MOST * cells;
        }
        return typed;
    }

    /** The line of the names; −1 if there is none. */
    private static int headerLine(Split split, int firstRow, boolean[] typed) {
        List<String> first = split.rows().get(firstRow);
        if (names(first, typed)) {
            return firstRow;
        }
        // A header may be one cell shorter, or lack the trailing delimiter of its rows.
        for (int i = firstRow - 1; i >= 0 && i >= firstRow - 1 - MOST_UNIT_LINES; i--) {
            List<String> above = split.rows().get(i);
            int missing = split.columns() - above.size();
            if (Math.abs(missing) == 1 && above.size() > 1 && allNames(above)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a line has texts where rows have numbers or times. */
    private static boolean names(List<String> line, boolean[] typed) {
        int texts = 0;
        int values = 0;
        int anyTyped = 0;
        for (int c = 0; c < typed.length; c++) {
            CellKind kind = CellKind.of(line.get(c));
            if (typed[c]) {
                anyTyped++;
                texts += kind == CellKind.TEXT ? 1 : 0;
                values += kind.isTyped() ? 1 : 0;
            }
        }
        return anyTyped == 0 ? allNames(line) : texts > values;
    }

    private static boolean allNames(List<String> line) {
        return line.stream().allMatch(cell -> cell.isEmpty() || CellKind.of(cell) == CellKind.TEXT);
    }

    private static int unitLines(Split split, int header, boolean[] typed) {
        int lines = 0;
        for (int i = header + 1; i < split.rows().size() && lines < MOST_UNIT_LINES; i++, lines++) {
            List<String> row = split.rows().get(i);
            if (row.size() != split.columns() || hasValue(row, typed)) {
                break;
            }
        }
        return lines;
    }

    private static boolean hasValue(List<String> row, boolean[] typed) {
        for (int c = 0; c < typed.length; c++) {
            if (typed[c] && CellKind.of(row.get(c)).isTyped()) {
                return true;
            }
        }
        return false;
    }

    /** Cells at the end of every row that are always empty and have no name. */
    private static int trailingEmpty(Split split, int top, List<List<String>> rows) {
        List<String> first = split.rows().get(top);
        int trailing = 0;
        while (trailing < split.columns() - 1) {
            int column = split.columns() - 1 - trailing;
            boolean named = column < first.size() && !first.get(column).isEmpty();
            boolean filled =
                    rows.stream()
                            .anyMatch(
                                    row ->
                                            row.size() == split.columns()
                                                    && !row.get(column).isEmpty());
            if (named || filled) {
                break;
            }
            trailing++;
        }
        return trailing;
    }
}
