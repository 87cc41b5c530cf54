package io.pidstream.config;

import java.util.List;

/**
 * A configuration that cannot be used; says everything that is wrong with it, one line each: key,
 * value, what was expected.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
