package io.pidstream.cli;

import picocli.CommandLine.Option;

/** Options of all commands. */
final class OutputOptions {
    @Option(
            names = "--json",
            description = "Prints one JSON object as the last line of standard output.")
    boolean json;

    @Option(
            names = "--verbose",
            description = "Prints more logs and stack traces to standard error.")
    boolean verbose;
}
