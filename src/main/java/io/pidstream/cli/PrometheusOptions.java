package io.pidstream.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** {@code --prometheus-port} of commands that run Flink in this process. */
final class PrometheusOptions {
    private static final String REPORTER = "metrics.reporter.prometheus.";

    @Option(
            names = "--prometheus-port",
            paramLabel = "9249",
            description =
                    "Port on which Prometheus can scrape the metrics, or a range of ports, of which"
                        + " the first free one is used. Open to the network without authentication."
                        + " Off by default.")
    String ports;

    /** The entries for Flink's configuration; empty without the option. */
    Map<String, String> flink() {
        Map<String, String> options = new TreeMap<>();
        if (ports != null) {
            options.put(
                    REPORTER + "factory.class",
                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
            options.put(REPORTER + "port", ports);
            options.put(REPORTER + "filterLabelValueCharacters", "false");
        }
        return options;
    }
}
