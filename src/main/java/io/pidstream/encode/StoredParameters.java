package io.pidstream.encode;

import io.pidstream.model.ParameterSource;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** Parameters that do not travel with their record, through Flink's file systems. */
final class StoredParameters implements ParameterSource {
    /** More than any network of this project has; what is larger is something else. */
    private static final int MOST_BYTES = 1 << 30;

    @Override
    public byte[] read(String uri) throws IOException {
        try {
            Path path = new Path(uri);
            try (FSDataInputStream in = path.getFileSystem().open(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES);
                if (in.read() >= 0) {
                    throw new IOException("more than " + MOST_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URI: " + e.getMessage(), e);
        }
    }
}
