package io.pidstream.config;

/**
 * A key of the configuration and everything about it, declared once. Reading, writing, the
 * suggestion for a misspelt key and the page on configuration are derived from it.
 *
 * @param <T> type of its value
 */
public final class Key<T> {
    private final String path;
    private final KeyType<T> type;
    private final Default<T> fallback;
    private final String since;
    private final String meaning;

    Key(String path, KeyType<T> type, Default<T> fallback, String since, String meaning) {
        this.path = path;
        this.type = type;
        this.fallback = fallback;
        this.since = since;
        this.meaning = meaning;
    }

    /**
     * Full name, such as {@code alerts.smallest-shift}; the name of a list is followed by {@code
     * []}.
     */
    public String path() {
        return path;
    }

    /** Type and bounds of its value, as errors state them: "a whole number from 1 to 64". */
    public String expected() {
        return type.expected();
    }

    /** The default as text, "none", or "required". */
    public String defaultText() {
        return fallback.text(type);
    }

    /** Whether {@link #defaultText} is valid in the file. */
    public boolean hasLiteralDefault() {
        return fallback.isLiteral();
    }

    /** The first version of pidstream that has it. */
    public String since() {
        return since;
    }

    /** Its meaning in one sentence, including units. */
    public String meaning() {
        return meaning;
    }

    KeyType<T> type() {
        return type;
    }

    Default<T> fallback() {
        return fallback;
    }

    @Override
    public String toString() {
        return path;
    }
}
