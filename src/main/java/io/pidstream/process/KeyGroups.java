package io.pidstream.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
     * @param path of the checkpoint or savepoint; one that cannot be read here keeps the job's
     *     default, as the cluster may reach what this process does not. Flink then names both
     *     numbers if they differ
     * @param configured what the user has set, by key of Flink
     * @throws StartRefused if the user has set another number than the state has
     */
    public static void restore(Configuration flink, String path, Map<String, String> configured) {
        flink.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
        OptionalInt written = of(path);
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

    /** The key groups of a checkpoint or savepoint; empty if it cannot be read here. */
    static OptionalInt of(String path) {
        Path given = new Path(path);
        for (Path metadata : List.of(new Path(given, Retained.METADATA), given)) {
            try {
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
            } catch (IOException | IllegalStateException e) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
