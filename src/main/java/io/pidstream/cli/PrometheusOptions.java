package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** {@code --prometheus-port} of commands that run Flink in this process. */
final class PrometheusOptions {
    private static final String PORT =
            "([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    private static final String PORTS = PORT + "(-" + PORT + ")?(," + PORT + "(-" + PORT + ")?)*";
    private static final String REPORTER = "metrics.reporter.prometheus.";

    @Option(
            names = "--prometheus-port",
            paramLabel = "9249",
            description =
                    "Port on which Prometheus can scrape the metrics, or a range of ports, of which"
                        + " the first free one is used. Open to the network without authentication."
                        + " Off by default.")
    String ports;

    /**
     * The entries for Flink's configuration; empty without the option.
     *
     * @throws ConfigurationException if the option is no port
     */
    Map<String, String> flink() {
        Map<String, String> options = new TreeMap<>();
        if (ports != null) {
            if (!ports.matches(PORTS)) {
                throw new ConfigurationException(
                        List.of(
                                "--prometheus-port: %s: expected a port up to 65535, or a range such as 9249-9260"
                                        .formatted(ports)));
            }
            options.put(
                    REPORTER + "factory.class",
                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
            options.put(REPORTER + "port", ports);
            options.put(REPORTER + "filterLabelValueCharacters", "false");
        }
        return options;
    }
}
