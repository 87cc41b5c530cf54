package io.pidstream.format;

import java.util.Map;
import java.util.TreeMap;

/**
 * The versions that values were written in, part by part: those of this program for values that
 * travel between its operators, those in a savepoint for state that is restored.
 */
public final class Versions {
    /** Values that this very program has written. */
    public static final Versions CURRENT = new Versions(null);

    /** By name; null for those of this program. */
    private final Map<String, Integer> written;

    private Versions(Map<String, Integer> written) {
        this.written = written;
    }

    /** Of values that were written elsewhere. */
    public static Versions of(Map<String, Integer> written) {
        return new Versions(new TreeMap<>(written));
    }

    /**
     * The version that a part was written in, which its reader knows.
     *
     * @throws FormatException if the values have no such part
     */
    public int of(Part part) throws FormatException {
        if (written == null) {
            return part.version();
        }
        Integer version = written.get(part.name());
        if (version == null) {
            throw new FormatException("the state has no " + part.name());
        }
        return version;
    }

    /** Whether the values have such a part: one that was added later is not in older state. */
    public boolean has(Part part) {
        return written == null || written.containsKey(part.name());
    }
}
