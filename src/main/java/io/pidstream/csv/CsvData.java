package io.pidstream.csv;

import io.pidstream.config.PipelineConfig;
import io.pidstream.simulate.Injection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.FileUtils;

/**
 * The rows of one or several files, checked and in the order of time. They are read once, into a
 * temporary file below {@code java.io.tmpdir} that is deleted when this is closed.
 */
public final class CsvData implements Closeable {
    private final PipelineConfig config;
    private final String name;
    private final Path directory;
    private final RowFile file;
    private final long rows;
    private final List<String> notes;

    CsvData(
            PipelineConfig config,
            String name,
            Path directory,
            RowFile file,
            long rows,
            List<String> notes) {
        this.config = config;
        this.name = name;
        this.directory = directory;
        this.file = file;
        this.rows = rows;
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads files.
     *
     * @param data files, and directories of files
     * @throws io.pidstream.config.ConfigurationException if a file cannot be read, or a column is
     *     missing
     * @throws UnusableDataException if no row can be used, or none of the first 100 of a file
     */
    public static CsvData read(List<Path> data, PipelineConfig config) throws IOException {
        List<Path> files = CsvFiles.of(data);
        Path directory = Files.createTempDirectory("pidstream-rows");
        try {
            return new Preparation(config, files, directory).read(name(data, files));
        } catch (IOException | RuntimeException e) {
            FileUtils.deleteDirectory(directory.toFile());
            throw e;
        }
    }

    private static String name(List<Path> data, List<Path> files) {
        if (files.size() == 1 || data.size() == 1) {
            return data.get(0).toAbsolutePath().normalize().getFileName().toString();
        }
        return "%s and %d more files"
                .formatted(files.get(0).getFileName().toString(), files.size() - 1);
    }

    /** Name of the file, the directory or the files. */
    public String name() {
        return name;
    }

    /**
     * Names of the files; the index of a row's file is in its {@link io.pidstream.admit.Origin}.
     */
    public List<String> files() {
        return file.names();
    }

    /** Number of rows. */
    public long rows() {
        return rows;
    }

    /** What a person should know about the files: sentences. */
    public List<String> notes() {
        return notes;
    }

    /** The rows, from the first on. */
    public CsvRows open() throws IOException {
        return new CsvRows(file, Files.newInputStream(Path.of(file.path())), config);
    }

    RowFile file() {
        return file;
    }

    /**
     * The same rows with an injected shift; they are held in memory meanwhile. The result belongs
     * to this and is closed with it.
     */
    public CsvData inject(Injection injection) throws IOException {
        Path target = directory.resolve("injected");
        RowFile injected =
                new RowFile(
                        target.toString(),
                        file.names(),
                        file.earliest(),
                        file.latest(),
                        file.split());
        String what = InjectedRows.write(file, config, injection, target);
        return new CsvData(config, name, directory, injected, rows, List.of("injected: " + what));
    }

    /** Deletes the temporary file. */
    @Override
    public void close() throws IOException {
        FileUtils.deleteDirectory(directory.toFile());
    }
}
