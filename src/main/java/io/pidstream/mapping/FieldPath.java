package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;

/** Paths of fields: JSON Pointers (RFC 6901), or the plain name of a field at the top. */
public final class FieldPath {
    /** The form of a path, to follow "expected". */
    public static final String EXPECTED =
            "the name of a field, or a JSON Pointer such as /values/inlet";

    private static final String POINTER = "(/([^~/]|~[01])*)*";

    private FieldPath() {}

    /**
     * @param text a JSON Pointer, or a name without a slash
     * @throws IllegalArgumentException if it is neither; {@link #problem} says what to write
     */
    public static JsonPointer of(String text) {
        problem(text)
                .ifPresent(
                        expected -> {
                            throw new IllegalArgumentException(text + ": expected " + expected);
                        });
        return text.startsWith("/")
                ? JsonPointer.compile(text)
                : JsonPointer.empty().appendProperty(text);
    }

    /** What was expected instead of this text; empty if it is a path. */
    public static Optional<String> problem(String text) {
        if (text.startsWith("$")) {
            return Optional.of(EXPECTED + "; did you mean " + ofJsonPath(text) + "?");
        }
        if (!text.startsWith("/")) {
            return text.contains("/")
                    ? Optional.of(EXPECTED + "; did you mean /" + text + "?")
                    : Optional.empty();
        }
        return text.matches(POINTER)
                ? Optional.empty()
                : Optional.of(EXPECTED + "; in a pointer ~ is written ~0, and / in a name ~1");
    }

    /** A path of JSONPath, which many tools have instead, as a pointer. */
    private static String ofJsonPath(String text) {
        return text.replaceFirst("^\\$", "")
                .replaceAll("\\['?([^'\\]]*)'?]", "/$1")
                .replace('.', '/');
    }
}
