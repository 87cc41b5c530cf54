package io.pidstream.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * {@code ${env:NAME}} and {@code ${file:/path}} in {@code kafka.properties}.
 *
 * <p>They are resolved by Kafka's clients in the process that creates the client: the JobManager, a
 * TaskManager, or a command. Job graphs, checkpoints and logs contain only the placeholder, so the
 * variable or file must exist in each of these processes. A line break at the end of a file is
 * ignored.
 */
public final class Secrets {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private Secrets() {}

    /**
     * Adds the config providers with which a client resolves placeholders.
     *
     * @param properties as configured
     */
    static Map<String, String> withProviders(Map<String, String> properties) {
        Map<String, String> result = new LinkedHashMap<>(properties);
        if (properties.values().stream().anyMatch(value -> PLACEHOLDER.matcher(value).find())) {
            String others = properties.get(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
            result.put(
                    AbstractConfig.CONFIG_PROVIDERS_CONFIG,
                    others == null ? "env,file" : "env,file," + others);
            String prefix = AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".";
            result.put(prefix + "env.class", Environment.class.getName());
            result.put(prefix + "file.class", TextFile.class.getName());
        }
        return result;
    }

    /**
     * Problems of placeholders in this process, one line each: the key, the placeholder, what was
     * expected. Values are not included.
     */
    public static List<String> problems(KafkaSettings settings) {
        return problems(settings, System::getenv);
    }

    static List<String> problems(KafkaSettings settings, UnaryOperator<String> environment) {
        List<String> problems = new ArrayList<>();
        settings.properties()
                .forEach(
                        (key, value) ->
                                problems.addAll(
                                        problems("kafka.properties." + key, value, environment)));
        return problems;
    }

    /**
     * Problems of the placeholders of another key in this process, in the same form.
     *
     * @param value null for none
     */
    public static List<String> problems(String key, String value) {
        return value == null ? List.of() : problems(key, value, System::getenv);
    }

    private static List<String> problems(
            String key, String value, UnaryOperator<String> environment) {
        List<String> problems = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(value);
        while (matcher.find()) {
            String problem =
                    matcher.group(1).equals("env")
                            ? problemOfVariable(matcher.group(2), environment)
                            : problemOfFile(matcher.group(2));
            if (problem != null) {
                problems.add("%s: %s: %s".formatted(key, matcher.group(), problem));
            }
        }
        return problems;
    }

    /**
     * Replaces the placeholders in a text by their secrets.
     *
     * @throws ConfigException if one is not there
     */
    public static String resolve(String text) {
        Environment environment = new Environment();
        TextFile file = new TextFile();
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        (found.group(1).equals("env") ? environment : file)
                                                .resolve(found.group(2))));
    }

    private static String problemOfVariable(String name, UnaryOperator<String> environment) {
        return environment.apply(name) == null
                ? "expected the environment variable; it is not set"
                : null;
    }

    private static String problemOfFile(String path) {
        return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path))
                ? null
                : "expected a file that can be read; there is none";
    }

    private abstract static class Provider implements ConfigProvider {
        @Override
        public ConfigData get(String path) {
            throw new ConfigException("a placeholder must name exactly one secret");
        }

        @Override
        public ConfigData get(String path, Set<String> keys) {
            Map<String, String> values = new LinkedHashMap<>();
            for (String key : keys) {
                // Kafka treats the text before a second colon as a path.
                String name = path == null || path.isEmpty() ? key : path + ":" + key;
                values.put(key, resolve(name));
            }
            return new ConfigData(values);
        }

        abstract String resolve(String name);

        @Override
        public void configure(Map<String, ?> configs) {
            // Nothing to configure.
        }

        @Override
        public void close() {
            // No resources to close.
        }
    }

    /** Resolves {@code ${env:NAME}}; instantiated by Kafka's clients. */
    public static final class Environment extends Provider {
        @Override
        String resolve(String name) {
            String value = System.getenv(name);
            if (value == null) {
                throw new ConfigException(
                        "kafka.properties: ${env:%s}: expected the environment variable; it is not set"
                                .formatted(name));
            }
            return value;
        }
    }

    /** Resolves {@code ${file:/path}}; instantiated by Kafka's clients. */
    public static final class TextFile extends Provider {
        @Override
        String resolve(String name) {
            try {
                return Files.readString(Path.of(name)).replaceFirst("\\R\\z", "");
            } catch (IOException e) {
                // Without the cause: it adds no information and might quote the file.
                throw new ConfigException(
                        "kafka.properties: ${file:%s}: expected a file that can be read"
                                .formatted(name));
            }
        }
    }
}
