package io.pidstream.testing;

import io.pidstream.format.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of formats, always the same, by which the bytes of state are compared with former ones.
 */
public final class StateSamples {
    private final Map<Format<?>, List<Object>> byFormat = new LinkedHashMap<>();

    /** Adds values of a format. */
    @SafeVarargs
    public final <T> StateSamples with(Format<T> format, T... values) {
        byFormat.computeIfAbsent(format, f -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    public Map<Format<?>, List<Object>> byFormat() {
        return byFormat;
    }
}
