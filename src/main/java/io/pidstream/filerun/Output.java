package io.pidstream.filerun;

import io.pidstream.format.Format;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * One kind of records that a file run writes.
 *
 * <p>Every record is preceded by a header, from which {@link SortedRecords} sorts without decoding
 * the records: time (8 bytes), length of the key and of the record (4 bytes each), the key in
 * UTF-8; integers are big-endian.
 *
 * @param name of the directory that contains the files
 * @param format of a record
 * @param time by which records are sorted first
 * @param key by which records of the same time are sorted
 * @param kept which records are written
 */
record Output<T>(String name, Format<T> format, Time<T> time, Key<T> key, Kept<T> kept)
        implements Serializable {
    static final int HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES;

    Output(String name, Format<T> format, Time<T> time, Key<T> key) {
        this(name, format, time, key, value -> true);
    }

    interface Time<T> extends ToLongFunction<T>, Serializable {}

    interface Key<T> extends Function<T, String>, Serializable {}

    interface Kept<T> extends Predicate<T>, Serializable {}

    /** A sink that writes below a directory, in one file per subtask and checkpoint. */
    FileSink<T> sink(Path directory) {
        return FileSink.<T>forRowFormat(
                        new org.apache.flink.core.fs.Path(directory.resolve(name).toUri()),
                        (value, out) -> {
                            if (kept.test(value)) {
                                out.write(bytes(value));
                            }
                        })
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    /** Header and record as one array, for a single write. */
    byte[] bytes(T value) throws IOException {
        byte[] sortKey = key.apply(value).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[HEADER_BYTES]);
        out.write(sortKey);
        format.write(value, out);
        byte[] framed = bytes.toByteArray();
        ByteBuffer.wrap(framed)
                .putLong(time.applyAsLong(value))
                .putInt(sortKey.length)
                .putInt(framed.length - HEADER_BYTES - sortKey.length);
        return framed;
    }
}
