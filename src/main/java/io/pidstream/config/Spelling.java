package io.pidstream.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that does not exist. */
public final class Spelling {
    /** As many letters of a name identify it. */
    private static final int BEGINNING = 3;

    private Spelling() {}

    /** The known name that takes the fewest edits; there must be one. */
    static String nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(name.toLowerCase(Locale.ROOT), each)))
                .orElseThrow();
    }

    /**
     * A known name that is likely meant: one that begins so, or that takes two edits at most, or as
     * many as a third of the letters; empty if there is none.
     */
    public static Optional<String> meant(String name, Collection<String> known) {
        String small = name.toLowerCase(Locale.ROOT);
        int most = Math.min(small.length() - 1, Math.max(2, small.length() / 3));
        return known.stream()
                .filter(each -> begins(each, small) || distance(small, each) <= most)
                .min(
                        Comparator.comparing((String each) -> !begins(each, small))
                                .thenComparingInt(each -> distance(small, each)));
    }

    private static boolean begins(String known, String beginning) {
        return beginning.replace("-", "").length() >= BEGINNING && known.startsWith(beginning);
    }

    /** Edit distance: number of characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
