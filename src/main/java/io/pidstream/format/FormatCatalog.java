package io.pidstream.format;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The formats of a package. A catalog is registered by a line in {@code
 * META-INF/services/io.pidstream.format.FormatCatalog}.
 */
public interface FormatCatalog {
    List<Format<?>> formats();

    /** Every format of the program, by name. */
    static Map<String, Format<?>> all() {
        return Loaded.ALL;
    }

    /**
     * The format of a name.
     *
     * @throws FormatException if there is none
     */
    static Format<?> named(String name) throws FormatException {
        Format<?> format = Loaded.ALL.get(name);
        if (format == null) {
            throw new FormatException(
                    "the state has a %s, which this program does not know: the state was written by a later program"
                            .formatted(name));
        }
        return format;
    }

    /** Loaded once, on first use. */
    final class Loaded {
        private static final Map<String, Format<?>> ALL = load();

        private Loaded() {}

        private static Map<String, Format<?>> load() {
            Map<String, Format<?>> all = new TreeMap<>();
            ClassLoader loader = FormatCatalog.class.getClassLoader();
            for (FormatCatalog catalog : ServiceLoader.load(FormatCatalog.class, loader)) {
                for (Format<?> format : catalog.formats()) {
                    if (all.put(format.part().name(), format) != null) {
                        throw new IllegalStateException(
                                "there are two formats " + format.part().name());
                    }
                }
            }
            return all;
        }
    }
}
