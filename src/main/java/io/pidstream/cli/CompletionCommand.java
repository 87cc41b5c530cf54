package io.pidstream.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that completes commands and options in a shell.",
        footer = {
            "",
            "Example:  source <(pidstream completion bash)               # also zsh, with compinit",
            "          pidstream completion fish > ~/.config/fish/completions/pidstream.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell;

    @Spec CommandSpec spec;

    /** A shell that completes. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public Integer call() {
        CommandLine whole = spec.parent().commandLine();
        String script =
                shell == Shell.FISH
                        ? FishCompletion.of(whole.getCommandSpec())
                        : AutoComplete.bash(spec.parent().name(), whole);
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
