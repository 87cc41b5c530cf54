package io.pidstream.cli;

import io.pidstream.config.Spelling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, one line per error, and where the help is. */
final class WrongUsage implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        List<String> unknown = unknown(command);
        if (!(failure instanceof UnmatchedArgumentException) || unknown.isEmpty()) {
            err.println(failure.getMessage());
        }
        unknown.forEach(err::println);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /** The unknown options; without any, the first unknown word. */
    private static List<String> unknown(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> unmatched = command.getUnmatchedArguments();
        if (unmatched.isEmpty()) {
            return List.of();
        }
        String first = unmatched.get(0);
        Collection<String> commands = visibleCommands(spec);
        if (!first.startsWith("-") && !commands.isEmpty()) {
            return List.of(
                    "%s: unknown command: expected one of %s"
                                    .formatted(first, String.join(", ", commands))
                            + suggestion(first, commands));
        }
        List<String> options =
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .flatMap(option -> List.of(option.names()).stream())
                        .toList();
        List<String> lines = new ArrayList<>();
        for (String argument : unmatched) {
            String name = argument.split("=", 2)[0];
            if (name.startsWith("-")) {
                lines.add(name + ": unknown option" + suggestion(name, options));
            }
        }
        return lines.isEmpty() ? List.of(first + ": unexpected argument") : lines;
    }

    private static Collection<String> visibleCommands(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry.getKey())
                .toList();
    }

    private static String suggestion(String name, Collection<String> known) {
        return Spelling.meant(name, known).map("; did you mean %s?"::formatted).orElse("");
    }
}
