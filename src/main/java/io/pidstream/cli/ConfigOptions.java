package io.pidstream.cli;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of all commands that read a configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "C.yaml",
            description = "Configuration file; see deploy/examples/.")
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description =
                    "Overrides a configuration key, e.g. --set learning.block=100. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    /**
     * Reads the configuration.
     *
     * @param err where a line is printed for every key that is set and has no effect
     */
    PipelineConfig read(PrintWriter err) {
        PipelineConfig read = ConfigFile.read(config, overrides, err::println);
        err.flush();
        return read;
    }

    PipelineConfig read() {
        return ConfigFile.read(config, overrides);
    }

    /**
     * Reads the configuration of a command that writes readings to pidstream's own topics.
     *
     * @throws ConfigurationException also if no job would read them there
     */
    PipelineConfig readForOwnTopics() {
        PipelineConfig read = read();
        if (!read.sources().isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            "sources: %s: expected none, because this command writes to pidstream's own topics, which are not read then (see --set 'sources=[]')"
                                    .formatted(String.join(", ", read.inputTopics().others()))));
        }
        return read;
    }
}
