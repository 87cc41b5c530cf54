package io.pidstream.config;

/**
 * A key of the configuration: all that is known about it, written once. Reading, writing back, the
 * hint at a misspelt key and the page on configuration derive from it.
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

    /** Full name, such as {@code alerts.smallest-shift}; {@code []} follows the name of a list. */
    public String path() {
        return path;
    }

    /** Type and bounds of its value, as errors state them: "a whole number from 1 to 64". */
    public String expected() {
        return type.expected();
    }

    /** The value it has if the file has none, "none", or "required". */
    public String defaultText() {
        return fallback.text(type);
    }

    /** Whether {@link #defaultText} is what could be written into the file. */
    public boolean hasLiteralDefault() {
        return fallback.isLiteral();
    }

    /** The version of pidstream that had it first. */
    public String since() {
        return since;
    }

    /** What it means: one sentence, units included. */
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
