package io.pidstream.record;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of text in aligned columns, one line each; a column grows when a wider cell comes. */
public final class Columns {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+(e[-+][0-9]+)?");

    /** Line breaks, and what would command a terminal. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final List<Integer> widths = new ArrayList<>();
    private final boolean numbersAtTheRight;

    /** Every cell begins where its column begins. */
    public Columns() {
        this(false);
    }

    /**
     * @param numbersAtTheRight whether a number ends where its column ends
     */
    public Columns(boolean numbersAtTheRight) {
        this.numbersAtTheRight = numbersAtTheRight;
    }

    /** Makes the columns as wide as these cells need. */
    public void fit(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (widths.size() <= i) {
                widths.add(0);
            }
            widths.set(i, Math.max(widths.get(i), cells.get(i).length()));
        }
    }

    /** One line. */
    public String line(List<String> cells) {
        fit(cells);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = CONTROL.matcher(cells.get(i)).replaceAll(" ");
            // What ends a row may be long, and nothing has to be aligned behind it.
            boolean last = i == cells.size() - 1;
            String padding = " ".repeat(Math.max(0, widths.get(i) - cell.length()));
            if (numbersAtTheRight && !last && NUMBER.matcher(cell).matches()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(last ? "" : padding);
            }
            line.append(last ? "" : GAP);
        }
        return line.toString().stripTrailing();
    }
}
