package io.pidstream.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A completion script for fish, which picocli does not write. */
final class FishCompletion {
    private final String program;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String program) {
        this.program = program;
    }

    /** The script for a program and all its commands. */
    static String of(CommandSpec program) {
        FishCompletion completion = new FishCompletion(program.name());
        completion.add(program, "");
        return completion.script.toString();
    }

    /**
     * @param path the commands above and this one, as fish sees them
     */
    private void add(CommandSpec command, String path) {
        boolean top = path.isEmpty();
        String here =
                top ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + command.name();
        String inside = path.contains(" ") ? parents(path) + here : here;
        for (CommandLine below : command.subcommands().values()) {
            CommandSpec child = below.getCommandSpec();
            if (!child.usageMessage().hidden()) {
                line(inside, "-f -a " + child.name(), first(child.usageMessage().description()));
                add(child, top ? child.name() : path + " " + child.name());
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.completionCandidates() != null) {
                parameter
                        .completionCandidates()
                        .forEach(
                                word -> line(inside, "-f -a " + word.toLowerCase(Locale.ROOT), ""));
            }
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                line(inside, flags(option), first(option.description()));
            }
        }
    }

    private static String parents(String path) {
        StringBuilder conditions = new StringBuilder();
        String[] names = path.split(" ", -1);
        for (int i = 0; i < names.length - 1; i++) {
            conditions.append("__fish_seen_subcommand_from ").append(names[i]).append("; and ");
        }
        return conditions.toString();
    }

    private static String flags(OptionSpec option) {
        StringBuilder flags = new StringBuilder();
        for (String name : option.names()) {
            flags.append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceFirst("^-+", ""))
                    .append(' ');
        }
        return flags + (option.arity().max() > 0 ? "-r" : "-f");
    }

    private static String first(String[] description) {
        return description.length == 0 ? "" : description[0].lines().findFirst().orElse("");
    }

    private void line(String condition, String what, String description) {
        script.append(
                "complete -c %s -n '%s' %s -d '%s'\n"
                        .formatted(
                                program,
                                condition,
                                what,
                                description
                                        .replace("%n", " ")
                                        .replace("\\", "\\\\")
                                        .replace("'", "\\'")));
    }
}
