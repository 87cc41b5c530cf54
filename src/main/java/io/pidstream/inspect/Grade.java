package io.pidstream.inspect;

import java.util.Locale;

/** What is to be said of a channel in one word. */
public enum Grade {
    GOOD("good"),
    GAPS("gaps"),
    COARSE("coarse"),
    SATURATED("saturated"),
    WRAPS("counter"),
    SHORT("too short"),
    CONSTANT("constant");

    private final String words;

    Grade(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** For programs. */
    public String jsonName() {
        return words.replace(' ', '-').toLowerCase(Locale.ROOT);
    }
}
