package io.pidstream.inspect;

/**
 * How rows and cells of a file are written.
 *
 * @param delimiter between cells; {@link Cells#BLANKS} for runs of blanks
 * @param numerals how numbers are written
 * @param skipLines lines before the header, or before the first row if there is none
 * @param header whether a line names the columns
 * @param unitLines lines right after the header that are no rows, such as units
 * @param columns number of cells of a row, without trailing empty ones
 * @param rowNames whether the header lacks the name of the first column, as in files that R writes
 */
record Dialect(
        char delimiter,
        Numerals numerals,
        int skipLines,
        boolean header,
        int unitLines,
        int columns,
        boolean rowNames) {
    /** The lines before the first row. */
    int linesBeforeRows() {
        return skipLines + (header ? 1 : 0) + unitLines;
    }

    /** The delimiter in words. */
    String delimiterInWords() {
        return switch (delimiter) {
            case '\t' -> "tab";
            case Cells.BLANKS -> "blanks";
            default -> String.valueOf(delimiter);
        };
    }
}
