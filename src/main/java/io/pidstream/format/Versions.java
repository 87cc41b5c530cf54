package io.pidstream.format;

import java.util.Map;
import java.util.TreeMap;

/**
 * The versions in which values were written, per part: those of this program for values that travel
 * between its operators, those of a savepoint for restored state.
 */
public final class Versions {
    /** The versions of this program. */
    public static final Versions CURRENT = new Versions(null);

    /** By name; null for the versions of this program. */
    private final Map<String, Integer> written;

    private Versions(Map<String, Integer> written) {
        this.written = written;
    }

    /** The versions of values that were written elsewhere. */
    public static Versions of(Map<String, Integer> written) {
        return new Versions(new TreeMap<>(written));
    }

    /**
     * The version in which a part was written.
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

    /** Whether the values have this part; older state lacks parts that were added later. */
    public boolean has(Part part) {
        return written == null || written.containsKey(part.name());
    }
}
