package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.inspect.Inspection;
import io.pidstream.inspect.Proposal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuestionsTest {
    @TempDir private Path directory;

    private final StringWriter shown = new StringWriter();

    @Test
    void enterAcceptsWhatIsProposed() throws IOException {
        Proposal proposal = ask("\n\n\n");

        assertThat(proposal.asset()).isEqualTo("machine");
        assertThat(proposal.target()).isEqualTo("quality");
        assertThat(proposal.modalities())
                .containsExactly(
                        Map.entry("temperature", List.of("temp_a", "temp_b")),
                        Map.entry("pressure", List.of("press_a", "press_b")));
        assertThat(shown.toString())
                .contains("Column of the asset (none for one asset) [machine]: ")
                .contains("  quality: its name says so")
                .contains("Target [quality]: ")
                .contains("  temperature: 1 temp_a, 2 temp_b");
    }

    @Test
    void answersReplaceWhatIsProposed() throws IOException {
        Proposal proposal = ask("none\ntemp_a\nhot=1,4; rest = 2-3\n");

        assertThat(proposal.asset()).isEmpty();
        assertThat(proposal.target()).isEqualTo("temp_a");
        assertThat(proposal.whyTarget()).isEqualTo("you said so");
        assertThat(proposal.modalities()).containsOnlyKeys("hot", "rest");
        assertThat(proposal.modalities().get("hot")).hasSize(2);
        assertThat(proposal.yaml()).contains("- name: hot").contains("name: temp_a");
    }

    @Test
    void aWrongAnswerIsAskedForAgain() throws IOException {
        Proposal proposal = ask("machines\n\ntemp_c\n\na=1-9; b=2\na=1\na=1,1;b=2\na=1,3;b=2,4\n");

        assertThat(shown.toString())
                .contains("--asset: machines: expected a column of ")
                .contains("--target: temp_c: expected a column of numbers of ")
                .contains("modalities: 1-9: expected numbers from 1 to 4")
                .contains("modalities: a=1: expected 2 to 6 groups, with ; between them")
                .contains("modality a: temp_a: expected a channel of no other modality");
        assertThat(proposal.modalities())
                .containsExactly(
                        Map.entry("a", List.of("temp_a", "press_a")),
                        Map.entry("b", List.of("temp_b", "press_b")));
    }

    /** What an option says is not asked for. */
    @Test
    void optionsAreNotAskedFor() throws IOException {
        Proposal proposal = ask("\n", "--asset", "none", "--target", "press_b");

        assertThat(proposal.target()).isEqualTo("press_b");
        assertThat(shown.toString()).doesNotContain("Target [").doesNotContain("Column of");
    }

    private Proposal ask(String answers, String... options) throws IOException {
        InitCommand command = new InitCommand();
        CommandLine line = new CommandLine(command).setErr(new PrintWriter(shown, true));
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "--data";
        all[1] = file().toString();
        line.parseArgs(all);
        Inspection inspection = Inspection.of(command.data);
        return command.ask(
                command.asset == null ? inspection : inspection.withAsset(""),
                new BufferedReader(new StringReader(answers)));
    }

    private Path file() throws IOException {
        Random random = new Random(1);
        StringBuilder text =
                new StringBuilder("machine,time,temp_a,temp_b,press_a,press_b,quality\n");
        for (int i = 0; i < 300; i++) {
            for (String machine : List.of("m1", "m2")) {
                double heat = random.nextGaussian();
                double force = random.nextGaussian();
                text.append(
                        "%s,2024-01-%02d %02d:00:00,%.3f,%.3f,%.3f,%.3f,%.3f\n"
                                .formatted(
                                        machine,
                                        1 + i / 24,
                                        i % 24,
                                        heat,
                                        heat + random.nextGaussian(),
                                        force,
                                        force + random.nextGaussian(),
                                        heat + force + random.nextGaussian()));
            }
        }
        return Files.writeString(directory.resolve("d.csv"), text);
    }
}
