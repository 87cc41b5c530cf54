package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of a data set. */
final class CsvFiles {
    private CsvFiles() {}

    /**
     * @param data files, and directories whose files end in {@code .csv} or {@code .csv.gz}
     * @return the files, those of a directory by name
     * @throws ConfigurationException naming every path that is neither
     */
    static List<Path> of(List<Path> data) {
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : data) {
            if (Files.isDirectory(path)) {
                List<Path> inside = inside(path);
                if (inside.isEmpty()) {
                    problems.add(
                            "--data: %s: expected .csv or .csv.gz files in it; there are none"
                                    .formatted(path));
                }
                files.addAll(inside);
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                problems.add("--data: %s: expected a CSV file; there is none".formatted(path));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return files;
    }

    private static List<Path> inside(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(CsvFiles::isCsv).sorted().toList();
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("--data: %s: cannot be read: %s".formatted(directory, e.getMessage())));
        }
    }

    private static boolean isCsv(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && (name.endsWith(".csv") || name.endsWith(".csv.gz"));
    }

    /** Name of a file without its ending, such as the asset that it is of. */
    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)(\\.csv)?(\\.gz)?$", "");
    }
}
