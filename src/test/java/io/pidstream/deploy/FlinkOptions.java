package io.pidstream.deploy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The options of Flink itself, found in its classes, and patterns for those with names in them. */
final class FlinkOptions {
    private static final List<Class<?>> CLASSES =
            List.of(
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    ExternalResourceOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    RestOptions.class,
                    RestartStrategyOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class);

    /** The operator's own are in no jar of Maven Central; a reporter's are its factory's. */
    private static final Pattern NOT_CHECKED =
            Pattern.compile("kubernetes\\.operator\\..*|metrics\\.reporter\\.prom\\.port");

    private static final Pattern NAMED =
            Pattern.compile(
                    "metrics\\.reporter\\.[a-z]+\\.factory\\.class"
                            + "|external-resource\\.[a-z]+\\.(amount|driver-factory\\.class"
                            + "|kubernetes\\.config-key)");

    private final Map<String, ConfigOption<?>> options = new HashMap<>();

    private FlinkOptions() {}

    static FlinkOptions find() throws IllegalAccessException {
        FlinkOptions found = new FlinkOptions();
        for (Class<?> type : CLASSES) {
            for (Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType().equals(ConfigOption.class)) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    found.options.put(option.key(), option);
                }
            }
        }
        return found;
    }

    /** Why an option is none, or its value not one of its type. */
    Optional<String> problem(String key, String value) {
        if (NOT_CHECKED.matcher(key).matches() || NAMED.matcher(key).matches()) {
            return Optional.empty();
        }
        ConfigOption<?> option = options.get(key);
        if (option == null) {
            return Optional.of("there is no such option");
        }
        try {
            Configuration.fromMap(Map.of(key, value)).get(option);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
