package io.pidstream.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which metrics are registered. Passed to operators in the job's global parameters, which Flink's
 * dashboard shows too.
 *
 * @param enabled whether metrics are registered
 * @param assets assets with their own metrics, in addition to the fleet's
 */
public record MetricSettings(boolean enabled, Set<String> assets) implements Serializable {
    /** All metrics of the fleet, none of single assets. */
    public static final MetricSettings DEFAULT = new MetricSettings(true, Set.of());

    private static final String ENABLED = "pidstream.metrics.enabled";
    private static final String ASSETS = "pidstream.metrics.assets";

    /** Separator of assets: a character that cannot occur in a name in the configuration. */
    private static final String SEPARATOR = "\n";

    public MetricSettings {
        assets = new TreeSet<>(assets);
    }

    /** Settings from a job's parameters; the default if absent. */
    public static MetricSettings of(Map<String, String> jobParameters) {
        String assets = jobParameters.getOrDefault(ASSETS, "");
        return new MetricSettings(
                Boolean.parseBoolean(jobParameters.getOrDefault(ENABLED, "true")),
                assets.isEmpty()
                        ? Set.of()
                        : new TreeSet<>(Arrays.asList(assets.split(SEPARATOR, -1))));
    }

    /** These settings as parameters of a job. */
    public Map<String, String> asJobParameters() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put(ENABLED, Boolean.toString(enabled));
        parameters.put(ASSETS, String.join(SEPARATOR, assets));
        return parameters;
    }
}
