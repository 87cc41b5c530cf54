package io.pidstream.pages;

import io.pidstream.cli.Main;
import io.pidstream.kafka.TopicKind;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands and options that there are. */
final class CommandLines {
    private static final Pattern WORD = Pattern.compile(" +");
    private static final Pattern END = Pattern.compile("  | [#|&]");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    private static final List<String> TOPICS = List.of(TopicKind.NAMES.split(", | or "));

    private final CommandLine root;

    private CommandLines(CommandLine root) {
        this.root = root;
    }

    static CommandLines known() {
        try {
            Constructor<Main> main = Main.class.getDeclaredConstructor();
            main.setAccessible(true);
            return new CommandLines(new CommandLine(main.newInstance()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isCommand(String word) {
        return root.getSubcommands().containsKey(word);
    }

    /**
     * What of a command line does not exist; the line begins with the command, and two blanks end
     * it.
     */
    List<String> unknownOf(String line) {
        List<String> unknown = new ArrayList<>();
        CommandLine command = root;
        boolean first = true;
        for (String word : WORD.splitAsStream(END.split(line.strip(), 2)[0]).toList()) {
            CommandLine next = first ? command.getSubcommands().get(word) : null;
            if (next != null) {
                command = next;
            } else if (isOption(word)) {
                if (!options(command).contains(name(word))) {
                    unknown.add(word);
                }
                first = false;
            } else if (first) {
                if (!takes(command, word)) {
                    unknown.add(word);
                }
                first = false;
            }
        }
        return unknown;
    }

    /** Whether a command may be followed by a word: one of its choices, or a value of one's own. */
    private static boolean takes(CommandLine command, String word) {
        List<PositionalParamSpec> values = command.getCommandSpec().positionalParameters();
        if (values.isEmpty()) {
            return false;
        }
        String label = values.get(0).paramLabel();
        if (label.equals("TOPIC")) {
            return word.equals("TOPIC") || TOPICS.contains(word) || word.startsWith("readings.");
        }
        return !label.contains("|") || List.of(label.split("\\|")).contains(word);
    }

    /** The options in a text that no command has. */
    List<String> unknownOptions(String text) {
        Set<String> options = new TreeSet<>();
        collect(root, options);
        return WORD.splitAsStream(text)
                .filter(CommandLines::isOption)
                .map(CommandLines::name)
                .filter(option -> !options.contains(option))
                .toList();
    }

    private static void collect(CommandLine command, Set<String> options) {
        options.addAll(options(command));
        command.getSubcommands().values().forEach(sub -> collect(sub, options));
    }

    private static Set<String> options(CommandLine command) {
        return command.getCommandSpec().optionsMap().keySet();
    }

    private static boolean isOption(String word) {
        return word.startsWith("--") || word.startsWith("[--");
    }

    private static String name(String word) {
        return OPTION.matcher(word).results().findFirst().map(m -> m.group()).orElse(word);
    }
}
