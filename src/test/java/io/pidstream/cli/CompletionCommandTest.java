package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CompletionCommandTest {
    @Test
    void everyCommandAndOptionIsInTheScriptOfFish() {
        CommandRun run = CommandRun.of("completion", "fish");
        assertThat(run.exitCode()).isZero();
        CommandLine whole = Main.commandLine();
        whole.getSubcommands()
                .forEach(
                        (name, command) -> {
                            assertThat(run.out()).contains(" -f -a " + name + " -d '");
                            command.getCommandSpec()
                                    .options()
                                    .forEach(
                                            option ->
                                                    assertThat(run.out())
                                                            .contains(
                                                                    " -l "
                                                                            + option.longestName()
                                                                                    .substring(2)
                                                                            + " "));
                        });
        assertThat(run.out())
                .contains(
                        "'__fish_seen_subcommand_from models; and __fish_seen_subcommand_from"
                                + " list'")
                .contains("-n '__fish_seen_subcommand_from run' -f -a serve -d ''")
                .contains(
                        "complete -c pidstream -n '__fish_seen_subcommand_from models' -f -a list");
    }

    @Test
    void aShellThatIsNotKnownIsRefused() {
        CommandRun run = CommandRun.of("completion", "tcsh");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("SHELL: tcsh: expected one of bash, zsh, fish");
    }
}
