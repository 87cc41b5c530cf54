package io.pidstream.version;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * A directory, on any of Flink's file systems, in which each file is named by the SHA-256 of its
 * bytes. Files are never changed, so a name identifies the content.
 */
public final class ArtefactDirectory {
    private final String uri;

    /**
     * @param uri URI of the directory; null for none, in which case only small versions can be
     *     published
     */
    public ArtefactDirectory(String uri) {
        this.uri = uri;
    }

    /**
     * Writes the parameters if they do not fit into a record; they are readable when this returns.
     *
     * @return their URI; null if they are in the record
     * @throws IOException if there is no directory, or it is not writable
     */
    public String store(ModelArtefact artefact) throws IOException {
        if (ModelRecords.fitsInline(artefact)) {
            return null;
        }
        if (uri == null) {
            throw new IOException(
                    "encoder.artefacts: missing: expected the URI of a directory, as the %,d bytes of parameters do not fit into a record (at most %,d)"
                            .formatted(artefact.manifest().bytes(), ModelRecords.MOST_INLINE));
        }
        Path file = new Path(uri, artefact.manifest().sha256());
        try {
            write(file, artefact.parameters());
        } catch (IOException e) {
            throw new IOException(
                    "encoder.artefacts: %s cannot be written: %s".formatted(file, e.getMessage()),
                    e);
        }
        return file.toUri().toString();
    }

    /**
     * Writes under a temporary name first, so that a file with the final name is complete if
     * renaming is atomic.
     */
    private static void write(Path file, byte[] bytes) throws IOException {
        FileSystem files = StoredParameters.fileSystem(file);
        if (length(files, file) == bytes.length) {
            return;
        }
        files.mkdirs(file.getParent());
        Path part = file.suffix(".part-" + System.nanoTime());
        try (FSDataOutputStream out = files.create(part, WriteMode.OVERWRITE)) {
            out.write(bytes);
        }
        if (!files.rename(part, file) && length(files, file) != bytes.length) {
            throw new IOException(part.getName() + " cannot be renamed to the final name");
        }
    }

    private static long length(FileSystem files, Path file) throws IOException {
        try {
            return files.getFileStatus(file).getLen();
        } catch (FileNotFoundException e) {
            return -1;
        }
    }
}
