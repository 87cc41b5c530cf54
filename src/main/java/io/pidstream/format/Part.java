package io.pidstream.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The name and version of something that is written: of a {@link Format}, or of what lies inside
 * the values of one. A name is given once and for ever; it says what is written, such as {@code
 * forecast/mixture}, and is never the name of a class. A version counts the changes of the bytes.
 *
 * <p>State keeps the versions of all parts once, beside the values and not in them, see {@link
 * Versions}.
 *
 * @param name two words or groups of words, lower case, such as {@code learn/waiting-frame}
 * @param version from 1 on
 * @param nested what lies inside
 */
public record Part(String name, int version, List<Part> nested) {
    private static final String NAME = "[a-z][a-z-]*/[a-z][a-z-]*";

    public Part {
        nested = List.copyOf(nested);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "the name of a format is \"%s\"; expected like forecast/mixture"
                            .formatted(name));
        }
        if (version < 1) {
            throw new IllegalArgumentException(name + " has version " + version);
        }
    }

    public static Part of(String name, int version, Part... nested) {
        return new Part(name, version, List.of(nested));
    }

    /** This part and all inside of it: names and versions, in the order of the names. */
    public Map<String, Integer> versions() {
        TreeMap<String, Integer> all = new TreeMap<>();
        collect(all);
        return all;
    }

    private void collect(TreeMap<String, Integer> all) {
        Integer other = all.put(name, version);
        if (other != null && other != version) {
            throw new IllegalStateException(
                    "%s has versions %d and %d".formatted(name, other, version));
        }
        nested.forEach(part -> part.collect(all));
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
