package io.pidstream.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void thePageOnMetricsHasTheTableOfThisEnumeration() throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/metrics.md"));
        String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(table).isEqualTo(table());
    }

    @Test
    void namesAreThoseOfPrometheusAndOfOneMetricEach() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::prometheus))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    }

    @Test
    void whatIsRegisteredOtherwiseThanItIsWrittenDownIsRefused() {
        StageMetrics metrics = StageMetrics.of(new UnregisteredMetricsGroup());
        assertThatThrownBy(() -> metrics.value(Metric.LATE_LABELS))
                .hasMessage(
                        "lateLabels is a COUNTER with the labels []; registered as a GAUGE with"
                                + " []");
        assertThatThrownBy(() -> metrics.counter(Metric.LATE_READINGS))
                .hasMessageContaining("lateReadings is a COUNTER with the labels [modality]");
        assertThat(metrics.labelled(Metric.MODALITY, "a").counter(Metric.LATE_READINGS).getCount())
                .isZero();
    }

    @Test
    void settingsSurviveTheParametersOfAJob() {
        MetricSettings settings = new MetricSettings(false, Set.of("press 1, left", "b"));
        assertThat(MetricSettings.of(settings.asJobParameters())).isEqualTo(settings);
        assertThat(MetricSettings.of(Map.of())).isEqualTo(MetricSettings.DEFAULT);
    }

    @Test
    void theMeanForgetsAndIgnoresNonFiniteValues() {
        RecentMean mean = new RecentMean(4);
        assertThat(mean.get()).isNaN();
        mean.add(1);
        mean.add(3);
        mean.add(Double.NaN);
        assertThat(mean.get()).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            mean.add(10);
        }
        assertThat(mean.get()).isBetween(9.999, 10.0);
    }

    private static String table() {
        return Arrays.stream(Metric.values())
                .map(MetricTest::line)
                .collect(
                        Collectors.joining(
                                "",
                                "| name | labels | kind | unit | operator | meaning |\n"
                                        + "|---|---|---|---|---|---|\n",
                                ""));
    }

    private static String line(Metric metric) {
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        metric.key(),
                        String.join(", ", metric.labels()),
                        metric.kind().name().toLowerCase(java.util.Locale.ROOT),
                        metric.unit(),
                        metric.stage(),
                        metric.meaning());
    }
}
