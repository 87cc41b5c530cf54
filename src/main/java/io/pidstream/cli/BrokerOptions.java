package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Secrets;
import io.pidstream.process.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Options of all commands that connect to Kafka. */
final class BrokerOptions {
    @Option(
            names = {"--bootstrap-servers", "--bootstrap-server"},
            paramLabel = "host:port",
            description = "Kafka's address; overrides the configuration.")
    String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "client.properties",
            description =
                    "Properties of Kafka clients, as for Kafka's own tools; they override"
                            + " kafka.properties. default.api.timeout.ms is how long to wait for"
                            + " a broker, 10 s by default.")
    Path commandConfig;

    /**
     * @throws ConfigurationException naming missing secrets, or the file of properties
     */
    KafkaSettings of(PipelineConfig config) {
        return of(config.kafka());
    }

    /** A configuration with these settings in the place of its own. */
    PipelineConfig in(PipelineConfig config) {
        return config.withKafka(of(config));
    }

    /**
     * @throws ConfigurationException naming missing secrets, or the file of properties
     */
    KafkaSettings of(KafkaSettings settings) {
        requireAddresses();
        KafkaSettings with = settings.with(properties());
        return withSecrets(
                bootstrapServers == null ? with : with.withBootstrapServers(bootstrapServers));
    }

    private void requireAddresses() {
        if (bootstrapServers != null && !bootstrapServers.matches(KafkaSettings.ADDRESSES)) {
            throw new ConfigurationException(
                    List.of(
                            "--bootstrap-servers: %s: expected host:port, or several with commas between them"
                                    .formatted(bootstrapServers)));
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (commandConfig != null) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(commandConfig)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new ConfigurationException(
                        List.of(
                                "--command-config: %s: expected a file of properties: %s"
                                        .formatted(commandConfig, Reason.of(e))));
            }
            read.stringPropertyNames()
                    .forEach(name -> properties.put(name, read.getProperty(name)));
        }
        return properties;
    }

    /**
     * Checks that all secrets in the settings exist and returns the settings.
     *
     * @throws ConfigurationException naming the missing secrets
     */
    static KafkaSettings withSecrets(KafkaSettings settings) {
        List<String> problems = Secrets.problems(settings);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
