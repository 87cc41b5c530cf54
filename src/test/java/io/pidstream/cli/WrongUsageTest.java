package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongUsageTest {
    private static final String COMMANDS =
            "unknown command: expected one of alerts, completion, dashboard, demo, evaluate, init,"
                    + " models, notify, pid, replay, run, simulate, tail, topics, train, validate,"
                    + " help";

    @Test
    void theNearestCommandIsSuggested() {
        assertThat(lines("evalute", "--config", "c.yaml"))
                .containsExactly(
                        "evalute: " + COMMANDS + "; did you mean evaluate?",
                        "Try 'pidstream --help'.");
        assertThat(lines("eval")).first().asString().endsWith("did you mean evaluate?");
        assertThat(lines("Tial")).first().asString().endsWith("did you mean tail?");
        assertThat(lines("models", "lst"))
                .containsExactly(
                        "lst: unknown command: expected one of list, show, publish, rollback,"
                                + " retire; did you mean list?",
                        "Try 'pidstream models --help'.");
    }

    @Test
    void whatIsNearNoCommandIsNotGuessed() {
        assertThat(lines("serve")).containsExactly("serve: " + COMMANDS, "Try 'pidstream --help'.");
    }

    @Test
    void everyUnknownOptionIsNamedWithTheNearest() {
        assertThat(
                        lines(
                                "validate",
                                "--config",
                                "c.yaml",
                                "--jsn",
                                "--sett=a=b",
                                "--frequency",
                                "5"))
                .containsExactly(
                        "--jsn: unknown option; did you mean --json?",
                        "--sett: unknown option; did you mean --set?",
                        "--frequency: unknown option",
                        "Try 'pidstream validate --help'.");
    }

    @Test
    void aMisspeltRequiredOptionIsNotOnlyMissing() {
        assertThat(lines("validate", "--confg", "c.yaml"))
                .containsExactly(
                        "Missing required option: '--config=C.yaml'",
                        "--confg: unknown option; did you mean --config?",
                        "Try 'pidstream validate --help'.");
    }

    @Test
    void anArgumentTooManyIsNamed() {
        assertThat(lines("validate", "--config", "c.yaml", "d.yaml"))
                .containsExactly("d.yaml: unexpected argument", "Try 'pidstream validate --help'.");
    }

    @Test
    void otherErrorsStayAsTheyAre() {
        assertThat(lines("validate"))
                .containsExactly(
                        "Missing required option: '--config=C.yaml'",
                        "Try 'pidstream validate --help'.");
    }

    private static List<String> lines(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err().lines().toList();
    }
}
