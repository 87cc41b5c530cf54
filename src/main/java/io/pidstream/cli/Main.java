package io.pidstream.cli;

import io.pidstream.process.Logging;
import io.pidstream.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the self-contained jar. */
@Command(
        name = "pidstream",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Predicts a target from multimodal sensor streams and explains how much each"
                        + " modality contributes to every prediction.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AlertsCommand.class,
            CompletionCommand.class,
            DashboardCommand.class,
            DemoCommand.class,
            EvaluateCommand.class,
            InitCommand.class,
            ModelsCommand.class,
            NotifyCommand.class,
            PidCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            SimulateCommand.class,
            TailCommand.class,
            TopicsCommand.class,
            TrainCommand.class,
            ValidateCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Start here:  java -jar pidstream.jar demo",
            "Your data:   java -jar pidstream.jar init --data D.csv",
            "             java -jar pidstream.jar evaluate --config C.yaml --data D.csv",
            "             java -jar pidstream.jar pid --config C.yaml --data D.csv"
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs one command.
     *
     * @return 0 ok, 1 failure, 2 wrong usage or configuration
     */
    public static int run(String... args) {
        boolean verbose = Arrays.asList(args).contains("--verbose");
        Logging.configure(verbose);
        CommandLine commandLine = commandLine();
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Duration.class, Main::duration);
        commandLine.setExecutionExceptionHandler(new Failures(verbose));
        commandLine.setParameterExceptionHandler(new WrongUsage());
        return commandLine.execute(args);
    }

    /** All commands. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (DateTimeException e) {
            throw new CommandLine.TypeConversionException(
                    "'%s'; expected %s".formatted(text, Durations.EXPECTED));
        }
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"pidstream " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
