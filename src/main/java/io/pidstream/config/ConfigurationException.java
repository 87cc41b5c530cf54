package io.pidstream.config;

import java.util.List;

/**
 * An invalid configuration. The message has one line per problem: key, value, and what was
 * expected.
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

    /** The problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
