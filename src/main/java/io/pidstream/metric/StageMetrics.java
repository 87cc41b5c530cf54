package io.pidstream.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/**
 * Registers the metrics of one operator, in groups that reporters export as labels. Registrations
 * must match {@link Metric}.
 */
public final class StageMetrics {
    /** The group of all metrics. */
    public static final String GROUP = "pidstream";

    private final MetricGroup group;
    private final MetricSettings settings;
    private final Map<String, String> labels;

    private StageMetrics(MetricGroup group, MetricSettings settings, Map<String, String> labels) {
        this.group = group;
        this.settings = settings;
        this.labels = labels;
    }

    /** The metrics of an operator, with the settings of its job. */
    public static StageMetrics of(RuntimeContext context) {
        return new StageMetrics(
                context.getMetricGroup().addGroup(GROUP),
                MetricSettings.of(context.getGlobalJobParameters()),
                Map.of());
    }

    /** The metrics of a component that has no access to the job's settings. */
    public static StageMetrics of(MetricGroup group) {
        return new StageMetrics(group.addGroup(GROUP), MetricSettings.DEFAULT, Map.of());
    }

    /** The same with one more label. */
    public StageMetrics labelled(String label, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, value);
        return new StageMetrics(group, settings, more);
    }

    /** Assets with their own metrics, in addition to the fleet's. */
    public Set<String> assets() {
        return settings.enabled() ? settings.assets() : Set.of();
    }

    /** A counter, at 0. */
    public Counter counter(Metric metric) {
        require(metric, Metric.Kind.COUNTER);
        return settings.enabled() ? place().counter(metric.key()) : new SimpleCounter();
    }

    /** A gauge of a value that is set; NaN initially. */
    public Value value(Metric metric) {
        Value value = new Value();
        register(metric, value::get);
        return value;
    }

    /**
     * A gauge of a recent mean.
     *
     * @param memory number of values after which the mean is exponentially weighted
     */
    public RecentMean recentMean(Metric metric, int memory) {
        RecentMean mean = new RecentMean(memory);
        register(metric, mean::get);
        return mean;
    }

    private void register(Metric metric, Gauge<Double> gauge) {
        require(metric, Metric.Kind.GAUGE);
        if (settings.enabled()) {
            place().gauge(metric.key(), gauge);
        }
    }

    private MetricGroup place() {
        MetricGroup place = group;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            place = place.addGroup(label.getKey(), label.getValue());
        }
        return place;
    }

    private void require(Metric metric, Metric.Kind kind) {
        List<String> given = new ArrayList<>(labels.keySet());
        if (metric.kind() != kind || !metric.labels().equals(given)) {
            throw new IllegalArgumentException(
                    "%s is a %s with the labels %s; registered as a %s with %s"
                            .formatted(metric.key(), metric.kind(), metric.labels(), kind, given));
        }
    }
}
