package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The first rows of a file as texts.
 *
 * @param names of the columns; numbers from 1 where the file names none
 * @param titles what people call the columns, which differs from the names where those are numbers
 * @param units below the names, empty where there are none
 * @param columns their cells, stripped
 * @param rows number of rows
 * @param ragged rows that were left out because of their number of cells
 * @param whole whether these are all rows of the file
 */
record Table(
        List<String> names,
        List<String> titles,
        List<String> units,
        List<Text> columns,
        int rows,
        int ragged,
        boolean whole) {
    /** A quoted cell may go over so many lines. */
    private static final int MOST_LINES_OF_A_ROW = 50;

    /**
     * @param mostRows rows after which reading stops
     */
    static Table read(FileText file, Dialect dialect, int mostRows) {
        Iterator<String> lines = file.text().lines().iterator();
        for (int i = 0; i < dialect.skipLines(); i++) {
            lines.next();
        }
        List<String> header =
                dialect.header() ? Cells.of(row(lines), dialect.delimiter()) : List.of();
        List<String> names = names(header, dialect);
        List<String> titles = titles(header, names, dialect);
        List<String> units = units(lines, dialect);
        List<Text> columns = new ArrayList<>();
        for (int c = 0; c < dialect.columns(); c++) {
            columns.add(new Text());
        }
        int rows = 0;
        int ragged = 0;
        while (lines.hasNext() && rows < mostRows) {
            String line = row(lines);
            if (line.isBlank()) {
                continue;
            }
            List<String> cells = Cells.of(line, dialect.delimiter());
            if (cells.stream().allMatch(String::isEmpty)) {
                // Spreadsheets write such lines below the last row.
                continue;
            }
            if (!fits(cells, dialect.columns())) {
                ragged++;
                continue;
            }
            for (int c = 0; c < columns.size(); c++) {
                columns.get(c).add(cells.get(c));
            }
            rows++;
        }
        return new Table(
                names, titles, units, columns, rows, ragged, file.whole() && !lines.hasNext());
    }

    /** Joins the lines of a row that has line ends inside quotes. */
    private static String row(Iterator<String> lines) {
        String line = lines.next();
        int more = 0;
        while (hasOpenQuote(line) && lines.hasNext() && more++ < MOST_LINES_OF_A_ROW) {
            line = line + "\n" + lines.next();
        }
        return line;
    }

    private static boolean hasOpenQuote(String line) {
        int quotes = 0;
        for (int i = line.indexOf('"'); i >= 0; i = line.indexOf('"', i + 1)) {
            quotes++;
        }
        return quotes % 2 == 1;
    }

    private static boolean fits(List<String> cells, int columns) {
        return cells.size() >= columns
                && cells.subList(columns, cells.size()).stream().allMatch(String::isEmpty);
    }

    private static List<String> names(List<String> header, Dialect dialect) {
        boolean numbered = header.isEmpty() || dialect.rowNames();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < dialect.columns(); c++) {
            names.add(numbered ? String.valueOf(c + 1) : c < header.size() ? header.get(c) : "");
        }
        return List.copyOf(names);
    }

    private static List<String> titles(List<String> header, List<String> names, Dialect dialect) {
        if (!dialect.rowNames()) {
            return names;
        }
        List<String> titles = new ArrayList<>();
        titles.add("row name");
        titles.addAll(header);
        return List.copyOf(titles);
    }

    private static List<String> units(Iterator<String> lines, Dialect dialect) {
        List<String> units = List.of();
        for (int i = 0; i < dialect.unitLines(); i++) {
            List<String> line = Cells.of(row(lines), dialect.delimiter());
            units = units.isEmpty() ? line : units;
        }
        List<String> all = new ArrayList<>(units);
        while (all.size() < dialect.columns()) {
            all.add("");
        }
        return all;
    }

    /** The column with a name; −1 if there is none. */
    int indexOf(String name) {
        return names.indexOf(name);
    }
}
