package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Checks a configuration and prints it with every default filled in.",
        footer = {"", "Example:  pidstream validate --config deploy/examples/air-quality.yaml"})
final class ValidateCommand implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PipelineConfig read = config.read(spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                output.json
                        ? new ObjectMapper().writeValueAsString(ConfigFile.tree(read))
                        : ConfigFile.write(read).stripTrailing());
        return 0;
    }
}
