package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.config.ConfigFileTest;
import io.pidstream.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    @TempDir private Path directory;

    @Test
    void sizesThatTreesIgnoreAreNotedInOneLine() throws IOException {
        CommandRun run = validate("encoder: {type: trees, latent: 4, hidden: [8]}", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        "note: encoder.latent, encoder.hidden: ignored with encoder.type: trees");
        assertThat(new ObjectMapper().readTree(run.out()).path("encoder").path("type").asText())
                .isEqualTo("trees");
    }

    @Test
    void sizesGivenOnTheCommandLineAreNotedToo() throws IOException {
        assertThat(validate("encoder: {type: trees}", "--set", "encoder.members=2").err().lines())
                .containsExactly("note: encoder.members: ignored with encoder.type: trees");
    }

    @Test
    void sizesThatAreUsedOrNotSetAreNotNoted() throws IOException {
        assertThat(validate("encoder: {type: trees}").err()).isEmpty();
        for (String type : List.of("piecewise", "both")) {
            String section = "encoder: {type: %s, latent: 4, hidden: [8], members: 2}";
            assertThat(validate(section.formatted(type)).err()).isEmpty();
        }
    }

    @Test
    void aFileWithProblemsHasNoNotes() throws IOException {
        CommandRun run = validate("encoder: {type: trees, latent: 0}");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly("encoder.latent: 0: expected a whole number from 1 to 1024");
    }

    private CommandRun validate(String section, String... more) throws IOException {
        Path config = directory.resolve("c.yaml");
        Files.writeString(config, ConfigFileTest.SMALLEST + section);
        List<String> args = new ArrayList<>(List.of("validate", "--config", config.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
