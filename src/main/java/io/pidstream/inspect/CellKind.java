package io.pidstream.inspect;

import io.pidstream.csv.MissingWords;
import io.pidstream.csv.TruthWords;
import java.util.regex.Pattern;

/** What a cell looks like, before the dialect of its file is known. */
enum CellKind {
    MISSING,
    NUMBER,
    TIME,
    TEXT;

    private static final Pattern NUMBERS =
            Pattern.compile("[+-]?[\\d.,'_ ]*\\d\\.?([eE][+-]?\\d+)?");
    private static final String CLOCK =
            "([T ,:_-]{1,3}[\\d:.,]+( ?[AaPp]\\.?[Mm]\\.?)?( ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{0,2}))?)?";

    private static final Pattern TIMES =
            Pattern.compile(
                    "\\d{1,4}[-/. ]\\d{1,2}[-/. ]\\d{1,4}"
                            + CLOCK
                            + "|\\d{1,2}[:.]\\d{2}([:.]\\d{2}([.,]\\d+)?)?( ?[AaPp]\\.?[Mm]\\.?)?"
                            + "( ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?"
                            + "|\\d{1,2}[- ]\\p{L}{3,9}\\.?[- ]\\d{2,4}"
                            + CLOCK
                            + "|\\p{L}{3,9} \\d{1,2}, ?\\d{4}"
                            + CLOCK
                            + "|\\d{8}[T:_ -]?\\d{4,6}Z?");

    static CellKind of(String cell) {
        if (MissingWords.has(cell)) {
            return MISSING;
        }
        if (isPlainNumber(cell) || !Double.isNaN(TruthWords.of(cell))) {
            return NUMBER;
        }
        if (cell.length() <= 40 && TIMES.matcher(cell).matches()) {
            return TIME;
        }
        return cell.length() <= 40 && NUMBERS.matcher(cell).matches() ? NUMBER : TEXT;
    }

    /** Quick, as it is asked of most cells; takes at most one mark. */
    private static boolean isPlainNumber(String cell) {
        boolean digit = false;
        boolean mark = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if ((c == '.' || c == ',') && !mark) {
                mark = true;
            } else if (!((c == '-' || c == '+') && i == 0)) {
                return false;
            }
        }
        return digit && cell.charAt(cell.length() - 1) != ',';
    }

    boolean isTyped() {
        return this == NUMBER || this == TIME;
    }
}
