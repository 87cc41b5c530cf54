package io.pidstream.filerun;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The lines that parallel subtasks wrote, in the order of event time and asset, so that a result
 * does not depend on the parallelism.
 *
 * <p>Every line is {@code time TAB asset TAB text}. Only an index of the lines is held in memory.
 */
public final class SortedLines implements AutoCloseable {
    private static final Comparator<Line> ORDER =
            Comparator.comparingLong(Line::time)
                    .thenComparing(Line::asset)
                    .thenComparingInt(Line::file)
                    .thenComparingLong(Line::offset);

    private final List<FileChannel> files = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /** Indexes all committed files below {@code directory}; none if there is no such directory. */
    public SortedLines(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(SortedLines::isCommitted).sorted().toList()) {
                index(file);
            }
        }
        lines.sort(ORDER);
    }

    /** What a failed attempt left unfinished is hidden behind a dot, and no part of the output. */
    private static boolean isCommitted(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    /** A line of output before it is sorted. */
    static String line(long time, String asset, String text) {
        return time + "\t" + asset.replace('\t', ' ').replace('\n', ' ') + "\t" + text + "\n";
    }

    private void index(Path file) throws IOException {
        int number = files.size();
        files.add(FileChannel.open(file, StandardOpenOption.READ));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            StringBuilder prefix = new StringBuilder();
            ByteArrayOutputStream asset = new ByteArrayOutputStream();
            long position = 0;
            int tabs = 0;
            long textStart = 0;
            int b;
            while ((b = in.read()) >= 0) {
                position++;
                if (b == '\t' && tabs < 2) {
                    tabs++;
                    textStart = position;
                } else if (b == '\n') {
                    lines.add(
                            new Line(
                                    Long.parseLong(prefix.toString()),
                                    asset.toString(StandardCharsets.UTF_8),
                                    number,
                                    textStart,
                                    (int) (position - 1 - textStart)));
                    prefix.setLength(0);
                    asset.reset();
                    tabs = 0;
                } else if (tabs == 0) {
                    prefix.append((char) b);
                } else if (tabs == 1) {
                    asset.write(b);
                }
            }
        }
    }

    int size() {
        return lines.size();
    }

    public void forEach(Consumer<String> consumer) throws IOException {
        for (Line line : lines) {
            consumer.accept(new String(read(line), StandardCharsets.UTF_8));
        }
    }

    /** All texts, in memory. */
    public List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>(lines.size());
        forEach(texts::add);
        return texts;
    }

    public void writeTo(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (Line line : lines) {
                out.write(read(line));
                out.write('\n');
            }
        }
    }

    private byte[] read(Line line) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(line.length());
        FileChannel file = files.get(line.file());
        while (buffer.hasRemaining()) {
            if (file.read(buffer, line.offset() + buffer.position()) < 0) {
                throw new IOException("the output ends inside a line");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() {
        for (FileChannel file : files) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Line(long time, String asset, int file, long offset, int length) {}
}
