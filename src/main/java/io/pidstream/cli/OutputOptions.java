package io.pidstream.cli;

import picocli.CommandLine.Option;

/** The options of every command. */
final class OutputOptions {
    @Option(
            names = "--json",
            description = "One JSON object as the last line of standard output, for machines.")
    boolean json;

    @Option(names = "--verbose", description = "More logs on standard error, and stack traces.")
    boolean verbose;
}
