package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Secrets;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that connects to Kafka. */
final class BrokerOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "host:port",
            description = "Kafka's address; instead of the configuration's.")
    String bootstrapServers;

    /**
     * @throws ConfigurationException naming the secrets that are not there
     */
    KafkaSettings of(PipelineConfig config) {
        return withSecrets(
                bootstrapServers == null
                        ? config.kafka()
                        : config.kafka().withBootstrapServers(bootstrapServers));
    }

    /**
     * The same settings, once every secret that they name has been found.
     *
     * @throws ConfigurationException naming the secrets that are not there
     */
    static KafkaSettings withSecrets(KafkaSettings settings) {
        List<String> problems = Secrets.problems(settings);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
