package io.pidstream.config;

import static io.pidstream.config.KeyTypes.flag;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.metric.MetricSettings;
import java.util.List;
import java.util.Set;

/** The section {@code metrics}. */
final class MetricsSection {
    static final Section<MetricSettings> KEYS = Section.of("metrics", PipelineConfig::metrics);

    static final Key<Boolean> ENABLED =
            KEYS.key("enabled", flag())
                    .or(true)
                    .of(MetricSettings::enabled)
                    .means("Whether [metrics](metrics.md) are registered.");

    static final Key<List<String>> ASSETS =
            KEYS.key("assets", ListType.of(text(), "assets", 0, 100))
                    .or(List.of())
                    .of(metrics -> List.copyOf(metrics.assets()))
                    .means("Assets that have metrics of their own, besides the fleet's.");

    private MetricsSection() {}

    static MetricSettings read(ConfigNode root) {
        return new MetricSettings(root.get(ENABLED), Set.copyOf(root.get(ASSETS)));
    }
}
