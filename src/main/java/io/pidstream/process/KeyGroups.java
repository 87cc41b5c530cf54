package io.pidstream.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * The key groups into which the state of a job is divided, which bound its parallelism. State keeps
 * those that it was written with, whatever the default is by now.
 */
public final class KeyGroups {
    /** Flink's own limit. */
    public static final int MOST = 1 << 15;

    private KeyGroups() {}

    /**
     * Restores from a checkpoint or savepoint, with its key groups.
     *
     * @param flink settings of the job, which are changed
     * @param path of the checkpoint or savepoint. One that cannot be read here keeps the job's
     *     default, as the cluster may reach what this process does not
     * @param configured what the user has set, by key of Flink
     * @param notes receives a sentence if it cannot be read here; if there is none, Flink says so
     * @throws StartRefused if the user has set another number than the state has
     */
    public static void restore(
            Configuration flink,
            String path,
            Map<String, String> configured,
            Consumer<String> notes) {
        flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
        OptionalInt written;
        try {
            written = of(path);
        } catch (IOException | IllegalStateException e) {
            notes.accept(
                    "--from: %s: its key groups cannot be read here (%s); if the job is refused, set flink.%s to those that Flink names"
                            .formatted(
                                    path, e.getMessage(), PipelineOptions.MAX_PARALLELISM.key()));
            return;
        }
        if (written.isEmpty()) {
            return;
        }
        String set = configured.get(PipelineOptions.MAX_PARALLELISM.key());
        if (set != null && flink.get(PipelineOptions.MAX_PARALLELISM) != written.getAsInt()) {
            throw new StartRefused(
                    "flink.%s: %s: expected %d, the key groups of %s"
                            .formatted(
                                    PipelineOptions.MAX_PARALLELISM.key(),
                                    set,
                                    written.getAsInt(),
                                    path));
        }
        flink.set(PipelineOptions.MAX_PARALLELISM, written.getAsInt());
    }

    /**
     * The key groups of a checkpoint or savepoint; empty if there is none.
     *
     * @throws IOException if it cannot be read, or its file system is not known here
     */
    static OptionalInt of(String path) throws IOException {
        Path given = new Path(path);
        for (Path metadata : List.of(new Path(given, Retained.METADATA), given)) {
            FileSystem files = FileSystem.get(metadata.toUri());
            if (!files.exists(metadata) || files.getFileStatus(metadata).isDir()) {
                continue;
            }
            try (FSDataInputStream in = files.open(metadata)) {
                return Checkpoints.loadCheckpointMetadata(
                                new DataInputStream(in),
                                KeyGroups.class.getClassLoader(),
                                metadata.toString())
                        .getOperatorStates()
                        .stream()
                        .mapToInt(OperatorState::getMaxParallelism)
                        .max();
            }
        }
        return OptionalInt.empty();
    }
}
