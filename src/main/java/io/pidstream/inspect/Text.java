package io.pidstream.inspect;

import java.util.Arrays;

/** The cells of one column, in the order of rows, in little memory. */
final class Text {
    private final StringBuilder cells = new StringBuilder();
    private int[] ends = new int[1024];
    private int rows;

    void add(String cell) {
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, rows * 2);
        }
        cells.append(cell);
        ends[rows++] = cells.length();
    }

    String get(int row) {
        return cells.substring(row == 0 ? 0 : ends[row - 1], ends[row]);
    }

    int rows() {
        return rows;
    }
}
