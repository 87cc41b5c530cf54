package io.pidstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.cli.Main;
import java.util.List;
import picocli.CommandLine;

/** The words of a container as the commands take them. */
final class Commands {
    /** Its words are checked as soon as there is such a command. */
    private static final String PAGE = "dashboard";

    private Commands() {}

    /** Fails where a word is unknown or one is missing. */
    static void assertParses(List<String> words) {
        CommandLine commandLine =
                new CommandLine(Main.class).setCaseInsensitiveEnumValuesAllowed(true);
        if (words.get(0).equals(PAGE) && !commandLine.getSubcommands().containsKey(PAGE)) {
            return;
        }
        assertThat(commandLine.parseArgs(words.toArray(String[]::new)).hasSubcommand())
                .as(words.toString())
                .isTrue();
    }
}
