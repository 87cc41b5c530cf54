package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitFilesTest {
    @TempDir Path directory;

    @Test
    void initNeverOverwritesItsData() throws Exception {
        Path data = data();
        String before = Files.readString(data);
        CommandRun output = init(data, "--output", data.toString());
        CommandRun report =
                init(data, "--output", directory + "/c.yaml", "--report", data.toString());

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err().lines())
                .contains("--output: %s: expected another file than --data".formatted(data));
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err().lines())
                .containsExactly("--report: %s: expected another file than --data".formatted(data));
        assertThat(data).hasContent(before);
        assertThat(directory.resolve("c.yaml")).doesNotExist();
    }

    @Test
    void initWritesTwoFiles() throws Exception {
        String file = directory + "/c.yaml";
        CommandRun run = init(data(), "--output", file, "--report", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "--report: %s: expected another file than --output".formatted(file));
        assertThat(Path.of(file)).doesNotExist();
    }

    private static CommandRun init(Path data, String... more) {
        String[] args = new String[more.length + 5];
        System.arraycopy(
                new String[] {"init", "--data", data.toString(), "--yes", "--force"},
                0,
                args,
                0,
                5);
        System.arraycopy(more, 0, args, 5, more.length);
        return CommandRun.of(args);
    }

    private Path data() throws Exception {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("time,inlet,outlet,height\n");
        for (int i = 0; i < 120; i++) {
            double inlet = random.nextGaussian();
            double outlet = random.nextGaussian();
            double height = inlet + outlet + random.nextGaussian();
            rows.append(
                    "2026-01-01 %02d:%02d:00,%s,%s,%s%n"
                            .formatted(i / 60, i % 60, inlet, outlet, height));
        }
        return Files.writeString(directory.resolve("d.csv"), rows);
    }
}
