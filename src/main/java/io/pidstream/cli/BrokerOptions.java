package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Secrets;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of all commands that connect to Kafka. */
final class BrokerOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "host:port",
            description = "Kafka's address; overrides the configuration.")
    String bootstrapServers;

    /**
     * @throws ConfigurationException naming the missing secrets
     */
    KafkaSettings of(PipelineConfig config) {
        return withSecrets(
                bootstrapServers == null
                        ? config.kafka()
                        : config.kafka().withBootstrapServers(bootstrapServers));
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
