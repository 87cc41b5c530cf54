package io.pidstream.csv;

import java.util.Locale;
import java.util.Set;

/** The texts that stand for a missing value in every file; no number, so they can mean no other. */
public final class MissingWords {
    private static final int LONGEST = 4;
    private static final Set<String> WORDS =
            Set.of("", "nan", "na", "n/a", "#n/a", "null", "none", "nil", "-", "--", "?");

    private MissingWords() {}

    /**
     * @param cell stripped, in any case
     */
    public static boolean has(String cell) {
        return cell.length() <= LONGEST && WORDS.contains(cell.toLowerCase(Locale.ROOT));
    }

    static Set<String> all() {
        return WORDS;
    }
}
