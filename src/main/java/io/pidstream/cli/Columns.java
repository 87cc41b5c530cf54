package io.pidstream.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; a column grows when a wider cell comes. */
final class Columns {
    private static final String GAP = "  ";

    private final List<Integer> widths = new ArrayList<>();

    /** One line; the last cell is not padded. */
    String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (widths.size() <= i) {
                widths.add(0);
            }
            widths.set(i, Math.max(widths.get(i), cell.length()));
            line.append(cell);
            if (i < cells.size() - 1) {
                line.append(" ".repeat(widths.get(i) - cell.length())).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
