package io.pidstream.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Programs of the examples in Python, by the interpreter that Debian's packages are for. */
final class Python {
    private static final Path CLIENTS = Path.of("deploy/examples/clients");

    private Python() {}

    /**
     * @param exitCode of the program
     * @param lines of standard output
     * @param err standard error
     */
    record Result(int exitCode, List<String> lines, String err) {
        /** The lines of a program that has succeeded. */
        List<String> ok() {
            assertThat(exitCode).as(err).isZero();
            return lines;
        }
    }

    /** Leaves the test out where there is no such module. */
    static void assume(String module) throws IOException, InterruptedException {
        assumeTrue(
                interpreter() != null && start(null, "-c", "import " + module).exitCode() == 0,
                "there is no Python with " + module + " on this machine");
    }

    private static String interpreter() {
        return List.of("/usr/bin/python3", "/usr/local/bin/python3").stream()
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElse(null);
    }

    /** Runs a program of the examples. */
    static Result run(Path input, String program, String... args)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(CLIENTS.resolve(program).toString()));
        all.addAll(Arrays.asList(args));
        return start(input, all.toArray(String[]::new));
    }

    private static Result start(Path input, String... args)
            throws IOException, InterruptedException {
        // -B: no compiled files beside the sources.
        List<String> command = new ArrayList<>(List.of(interpreter(), "-B"));
        command.addAll(Arrays.asList(args));
        Path out = Files.createTempFile("python", ".out");
        Path err = Files.createTempFile("python", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process process = builder.start();
            int exitCode = process.waitFor();
            return new Result(
                    exitCode,
                    Files.readAllLines(out, StandardCharsets.UTF_8),
                    Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
