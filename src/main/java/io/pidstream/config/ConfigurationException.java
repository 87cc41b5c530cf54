package io.pidstream.config;

import java.util.List;

/**
 * A configuration that cannot be used. Its message has everything that is wrong, one line each:
 * key, value, what was expected.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /**
     * @param problems one line each
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one line each. */
    public List<String> problems() {
        return problems;
    }
}
