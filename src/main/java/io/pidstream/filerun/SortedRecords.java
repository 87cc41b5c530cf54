package io.pidstream.filerun;

import io.pidstream.format.Versions;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The records of an {@link Output} that parallel subtasks wrote, in the order of time and key, so
 * that a result does not depend on the parallelism.
 *
 * <p>Only an index is held in memory; records are read one by one while iterating. If a file cannot
 * be read, iterators throw {@link UncheckedIOException}.
 */
public final class SortedRecords<T> implements Iterable<T>, AutoCloseable {
    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time)
                    .thenComparing(Entry::key)
                    .thenComparingInt(Entry::file)
                    .thenComparingLong(Entry::offset);

    private final Output<T> output;
    private final List<FileChannel> files = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();

    /** Where a record is. */
    private record Entry(long time, String key, int file, long offset, int length) {}

    /**
     * Indexes all committed files of an output; there are no records if there is no directory.
     *
     * @param directory that the output was written below
     */
    SortedRecords(Output<T> output, Path directory) throws IOException {
        this.output = output;
        Path written = directory.resolve(output.name());
        if (!Files.isDirectory(written)) {
            return;
        }
        try (Stream<Path> found = Files.walk(written)) {
            for (Path file : found.filter(SortedRecords::isCommitted).sorted().toList()) {
                index(file);
            }
        }
        entries.sort(ORDER);
    }

    /** Unfinished files of a failed attempt have names that start with a dot. */
    private static boolean isCommitted(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
    }

    private void index(Path file) throws IOException {
        int number = files.size();
        files.add(FileChannel.open(file, StandardOpenOption.READ));
        long size = Files.size(file);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long position = 0;
            while (position < size) {
                long time = in.readLong();
                byte[] key = new byte[in.readInt()];
                int length = in.readInt();
                in.readFully(key);
                in.skipNBytes(length);
                long offset = position + Output.HEADER_BYTES + key.length;
                entries.add(new Entry(time, shared(key), number, offset, length));
                position = offset + length;
            }
        }
    }

    /** One string per key, as there are few keys and many records. */
    private String shared(byte[] key) {
        return keys.computeIfAbsent(new String(key, StandardCharsets.UTF_8), name -> name);
    }

    public int size() {
        return entries.size();
    }

    @Override
    public Iterator<T> iterator() {
        return entries.stream().map(this::read).iterator();
    }

    /** The records with one of the given keys; the others are not decoded. */
    public Iterable<T> only(Set<String> wanted) {
        return () ->
                entries.stream()
                        .filter(entry -> wanted.contains(entry.key()))
                        .map(this::read)
                        .iterator();
    }

    private T read(Entry entry) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(entry.length());
            FileChannel file = files.get(entry.file());
            while (buffer.hasRemaining()) {
                if (file.read(buffer, entry.offset() + buffer.position()) < 0) {
                    throw new IOException(
                            "a file of %s ends inside a record".formatted(output.name()));
                }
            }
            return output.format()
                    .read(
                            new DataInputStream(new ByteArrayInputStream(buffer.array())),
                            Versions.CURRENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
