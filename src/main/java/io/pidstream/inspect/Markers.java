package io.pidstream.inspect;

import java.util.Locale;
import java.util.Set;

/** The texts that a file reader takes for a missing value unless told otherwise. */
final class Markers {
    private static final Set<String> DEFAULTS =
            Set.of("", "nan", "na", "n/a", "null", "none", "-", "?");

    private Markers() {}

    static boolean isMissing(String cell) {
        return cell.length() <= 4 && DEFAULTS.contains(cell.toLowerCase(Locale.ROOT));
    }
}
