package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.csv.UnusableDataException;
import io.pidstream.kafka.KafkaUnavailableException;
import io.pidstream.process.Reason;
import io.pidstream.process.Restore;
import io.pidstream.process.StartRefused;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Turns a command's exception into actionable lines and an exit code.
 *
 * @param verbose whether stack traces are printed as well
 */
record Failures(boolean verbose) implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (verbose) {
            failure.printStackTrace(err);
        }
        if (failure instanceof ConfigurationException configuration) {
            configuration.problems().forEach(err::println);
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof KafkaUnavailableException
                || failure instanceof UnusableDataException
                || failure instanceof StartRefused) {
            err.println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        err.println(Restore.refusal(failure).orElseGet(() -> oneLine(failure)));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The innermost cause with a message, in one line. */
    private static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return Reason.whole(cause) + "  (--verbose shows where)";
    }
}
