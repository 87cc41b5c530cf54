package io.pidstream.cli;

import io.pidstream.config.Spelling;
import io.pidstream.time.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, one line per error, and where the help is. */
final class WrongUsage implements CommandLine.IParameterExceptionHandler {
    private static final Pattern NO_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class);
    private static final Map<Class<?>, String> NUMBERS =
            Map.of(double.class, "a number", Double.class, "a number");

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        List<String> unknown = unknown(command);
        if (!(failure instanceof UnmatchedArgumentException) || unknown.isEmpty()) {
            err.println(message(failure));
        }
        unknown.forEach(err::println);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /** The option, its value and what was expected, where picocli says it in Java's words. */
    private static String message(ParameterException failure) {
        ArgSpec argument = failure.getArgSpec();
        String value = failure.getValue();
        Matcher noCommand = NO_COMMAND.matcher(failure.getMessage());
        if (noCommand.matches()) {
            CommandLine parent = failure.getCommandLine().getParent();
            CommandLine of = parent == null ? failure.getCommandLine() : parent;
            return unknownCommand(noCommand.group(1), visibleCommands(of.getCommandSpec()));
        }
        if (argument == null || value == null) {
            return failure.getMessage();
        }
        return "%s: %s: expected %s"
                .formatted(
                        argument instanceof OptionSpec option
                                ? option.longestName()
                                : argument.paramLabel(),
                        value,
                        expected(argument, value));
    }

    private static String expected(ArgSpec argument, String value) {
        Class<?> type = argument.type();
        if (argument.isMultiValue() && Map.class.isAssignableFrom(type)) {
            return argument.paramLabel();
        }
        if (type.isEnum()) {
            List<String> names =
                    Stream.of(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .toList();
            return "one of " + String.join(", ", names) + suggestion(value, names);
        }
        if (type == Duration.class) {
            return Durations.EXPECTED;
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        return WHOLE.contains(type)
                ? "a whole number"
                : NUMBERS.getOrDefault(type, "another value");
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
            return List.of(unknownCommand(first, commands));
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

    private static String unknownCommand(String name, Collection<String> commands) {
        return "%s: unknown command: expected one of %s%s"
                .formatted(name, String.join(", ", commands), suggestion(name, commands));
    }

    private static Collection<String> visibleCommands(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry.getKey())
                .toList();
    }

    static String suggestion(String name, Collection<String> known) {
        return Spelling.meant(name, known).map("; did you mean %s?"::formatted).orElse("");
    }
}
