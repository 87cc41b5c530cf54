package io.pidstream.cli;

import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of the job jar, for 'flink run', for a JobManager that the jar was uploaded to, and
 * for application mode. Takes the words of {@link Main}, of which it knows {@code run} only.
 *
 * <p>Ends by returning or by an exception and never by {@link System#exit}, which would stop the
 * JobManager that runs it.
 */
@Command(
        name = "pidstream",
        mixinStandardHelpOptions = true,
        description = "Submits a job from where Flink runs this program.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RunCommand.class)
public final class JobMain {
    private JobMain() {}

    /**
     * Submits a job.
     *
     * @param args as at a shell: {@code run serve --config C.yaml}
     * @throws Exception what went wrong, for Flink to show to whoever submits
     */
    public static void main(String[] args) throws Exception {
        AtomicReference<Exception> failed = new AtomicReference<>();
        new CommandLine(new JobMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            failed.set(failure);
                            return CommandLine.ExitCode.SOFTWARE;
                        })
                .setParameterExceptionHandler(
                        (failure, unused) -> {
                            failed.set(failure);
                            return CommandLine.ExitCode.USAGE;
                        })
                .execute(args);
        if (failed.get() != null) {
            throw failed.get();
        }
    }
}
