package io.pidstream.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which metrics there are. Operators find it in their job's global parameters, where Flink's
 * dashboard shows it too.
 *
 * @param enabled whether any are registered
 * @param assets assets that have figures of their own, beside the fleet's
 */
public record MetricSettings(boolean enabled, Set<String> assets) implements Serializable {
    /** All metrics of the fleet, and none of single assets. */
    public static final MetricSettings DEFAULT = new MetricSettings(true, Set.of());

    private static final String ENABLED = "pidstream.metrics.enabled";
    private static final String ASSETS = "pidstream.metrics.assets";

    /** Between assets: a character that no line of a configuration has in a name. */
    private static final String SEPARATOR = "\n";

    public MetricSettings {
        assets = new TreeSet<>(assets);
    }

    /** Of a job; the default where it says nothing. */
    public static MetricSettings of(Map<String, String> jobParameters) {
        String assets = jobParameters.getOrDefault(ASSETS, "");
        return new MetricSettings(
                Boolean.parseBoolean(jobParameters.getOrDefault(ENABLED, "true")),
                assets.isEmpty()
                        ? Set.of()
                        : new TreeSet<>(Arrays.asList(assets.split(SEPARATOR, -1))));
    }

    /** For a job. */
    public Map<String, String> asJobParameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(ENABLED, Boolean.toString(enabled));
        parameters.put(ASSETS, String.join(SEPARATOR, assets));
        return parameters;
    }
}
