package io.pidstream.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that results are compared with. They are written by the tests themselves, when those run
 * with {@code -Dgolden.write=true}.
 */
public final class GoldenFiles {
    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final String WRITE = "golden.write";

    private GoldenFiles() {}

    public static Path path(String name) {
        return ROOT.resolve(name);
    }

    /** Whether files are to be written. */
    public static boolean areWritten() {
        return Boolean.getBoolean(WRITE);
    }

    /** Writes a file unless it exists. */
    public static void writeNew(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }

    /** Writes a file anew. */
    public static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** The command that runs a test so that it writes what is missing. */
    public static String command(Class<?> test) {
        return "mvn -q test -Dtest=" + test.getSimpleName() + " -D" + WRITE + "=true";
    }
}
