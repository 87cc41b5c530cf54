package io.pidstream.cli;

import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of the job jar, for 'flink run', for a jar uploaded to a JobManager, and for
 * application mode. Takes the arguments of {@link Main}, but has only the command {@code run}.
 *
 * <p>Ends by returning or with an exception, never with {@link System#exit}, which would stop the
 * JobManager that runs it.
 */
@Command(
        name = "pidstream",
        mixinStandardHelpOptions = true,
        description = "Submits a job when Flink runs this program.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RunCommand.class)
public final class JobMain {
    private JobMain() {}

    /**
     * Submits a job.
     *
     * @param args as on a command line: {@code run serve --config C.yaml}
     * @throws Exception the failure, which Flink reports to the submitting client
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
