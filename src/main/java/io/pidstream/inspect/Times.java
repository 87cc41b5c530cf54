package io.pidstream.inspect;

import java.util.List;

/**
 * The times of the rows of a file.
 *
 * @param columns indices of the columns that are joined by a blank; empty if the file has no time
 * @param format how they are written; null if the file has no time
 * @param millis per row, from 1970; {@link TimeNotation#NONE} where there is none
 * @param seen what speaks for it, in words
 */
record Times(List<Integer> columns, TimeNotation format, long[] millis, String seen) {
    /** Rows that are counted instead, a second apart. */
    static Times ofRows(int rows) {
        long[] millis = new long[rows];
        for (int i = 0; i < rows; i++) {
            millis[i] = 1000L * i;
        }
        return new Times(List.of(), null, millis, "no column has times");
    }

    boolean exist() {
        return format != null;
    }

    /** Whether they are times of a clock that do not say of which zone. */
    boolean needZone(Table table) {
        return exist()
                && !(format instanceof TimeNotation.Count)
                && !format.yaml().contains("X")
                && !hasOffset(table);
    }

    private boolean hasOffset(Table table) {
        String first = table.columns().get(columns.get(0)).get(0);
        return format instanceof TimeNotation.Iso
                && first.matches(".*\\d(Z|[+-]\\d{2}:?\\d{0,2})")
                && first.length() > 11;
    }

    long unreadable() {
        long count = 0;
        for (long time : millis) {
            count += time == TimeNotation.NONE ? 1 : 0;
        }
        return count;
    }
}
