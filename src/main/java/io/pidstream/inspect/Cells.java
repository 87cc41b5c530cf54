package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of a file at a delimiter, outside quotes. */
final class Cells {
    /** Stands for runs of blanks. */
    static final char BLANKS = ' ';

    private Cells() {}

    /**
     * @param line one line, without its end
     * @return its cells, stripped, without their quotes
     */
    static List<String> of(String line, char delimiter) {
        if (delimiter == BLANKS) {
            return line.isBlank() ? List.of("") : List.of(line.strip().split(" +", -1));
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (c == delimiter) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
