package io.pidstream.filerun;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** File sinks that write one line a record, for {@link SortedLines} to put in order. */
final class LineSinks {
    private LineSinks() {}

    /** The line of a record, its line feed included; empty for none. */
    interface ToLine<T> extends Function<T, String>, Serializable {}

    static <T> FileSink<T> to(Path directory, ToLine<T> toLine) {
        return FileSink.<T>forRowFormat(
                        new org.apache.flink.core.fs.Path(directory.toUri()),
                        (record, out) ->
                                out.write(toLine.apply(record).getBytes(StandardCharsets.UTF_8)))
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }
}
