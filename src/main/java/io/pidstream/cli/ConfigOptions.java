package io.pidstream.cli;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    PipelineConfig read() {
        return ConfigFile.read(config, overrides);
    }
}
