package io.pidstream.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The name and version of something that is written: of a {@link Format}, or of a part of its
 * values. A name never changes; it says what is written, such as {@code forecast/mixture}, and is
 * not a class name. The version is incremented with every change of the bytes.
 *
 * <p>State stores the versions of all parts once, next to the values and not inside them; see
 * {@link Versions}.
 *
 * @param name two parts of lower-case words, such as {@code learn/waiting-frame}
 * @param version from 1 on
 * @param nested the parts inside
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

    /** Names and versions of this part and all nested parts, sorted by name. */
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
