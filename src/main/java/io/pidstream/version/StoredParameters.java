package io.pidstream.version;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Reads parameters through Flink's file systems: {@code file:} and those of installed plugins. */
public final class StoredParameters implements ParameterSource, Serializable {
    private static final long serialVersionUID = 1;

    /** Upper limit, larger than any version; protects memory. */
    private static final long MOST_BYTES = 1L << 30;

    @Override
    public byte[] read(String uri) throws IOException {
        Path path = new Path(parse(uri));
        FileSystem files = fileSystem(path);
        long length = status(files, path).getLen();
        if (length > MOST_BYTES) {
            throw new IOException(
                    "there are %,d bytes; at most %,d are read".formatted(length, MOST_BYTES));
        }
        byte[] bytes = new byte[(int) length];
        try (FSDataInputStream in = files.open(path)) {
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length || in.read() >= 0) {
                throw new IOException(
                        "expected %,d bytes, read %,d; the file was changed meanwhile"
                                .formatted(length, read));
            }
        }
        return bytes;
    }

    private static URI parse(String uri) throws IOException {
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            throw new IOException("it is not a URI: " + e.getMessage(), e);
        }
    }

    private static FileStatus status(FileSystem files, Path path) throws IOException {
        FileStatus status;
        try {
            status = files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            throw new IOException("there is no such file", e);
        }
        if (status.isDir()) {
            throw new IOException("it is a directory");
        }
        return status;
    }

    /** The file system of a path, or an exception that names what is missing. */
    static FileSystem fileSystem(Path path) throws IOException {
        try {
            return path.getFileSystem();
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new IOException(
                    "no file system for the scheme \"%s\"; install its plugin in Flink's plugins/ or in FLINK_PLUGINS_DIR"
                            .formatted(path.toUri().getScheme()),
                    e);
        }
    }
}
