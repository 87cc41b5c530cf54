package io.pidstream.process;

import io.pidstream.kafka.SourceState;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * Finds the newest complete checkpoint or savepoint of a job in the configured directories. Whose
 * it is says the state of its sources: the topics that they read.
 */
public final class Retained {
    /** Flink writes it last: without it a checkpoint is not complete. */
    static final String METADATA = "_metadata";

    /** Below the directory of checkpoints: one per job, with one per checkpoint in it. */
    private static final int DEPTH = 2;

    private final List<Path> directories = new ArrayList<>();
    private final Set<String> topics;
    private final Set<String> since;
    private final List<String> looked = new ArrayList<>();

    /**
     * A checkpoint or savepoint.
     *
     * @param path what a job is restored from
     * @param written when it was complete
     */
    public record Found(String path, Instant written) {}

    /**
     * @param flink has the directories
     * @param topics the topics that the job reads, all of them
     */
    public Retained(Configuration flink, Set<String> topics) {
        this(flink, topics, Set.of());
    }

    /**
     * @param flink has the directories
     * @param topics the topics that the job has always read, all of them
     * @param since topics that it reads, too, and did not in versions of before
     */
    public Retained(Configuration flink, Set<String> topics, Set<String> since) {
        this.topics = Set.copyOf(topics);
        this.since = Set.copyOf(since);
        for (String directory :
                new String[] {
                    flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
                    flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY)
                }) {
            if (directory != null) {
                directories.add(new Path(directory));
            }
        }
    }

    /** Whether there is a directory to look in. */
    public boolean isConfigured() {
        return !directories.isEmpty();
    }

    /** The newest of the job; empty if there is none. */
    public Optional<Found> newest() throws IOException {
        looked.clear();
        List<FileStatus> all = new ArrayList<>();
        for (Path directory : directories) {
            int before = all.size();
            boolean exists = collect(directory, DEPTH, all);
            looked.add(
                    exists
                            ? "%s: %d checkpoints and savepoints"
                                    .formatted(directory, all.size() - before)
                            : "%s: no such directory".formatted(directory));
        }
        all.sort(Comparator.comparingLong(FileStatus::getModificationTime).reversed());
        for (FileStatus metadata : all) {
            if (isOfTheJob(metadata.getPath())) {
                return Optional.of(
                        new Found(
                                metadata.getPath().getParent().toString(),
                                Instant.ofEpochMilli(metadata.getModificationTime())));
            }
        }
        return Optional.empty();
    }

    /** Where the last search looked, and what was there, of any job. */
    public String looked() {
        return String.join("; ", looked);
    }

    private static boolean collect(Path directory, int depth, List<FileStatus> found)
            throws IOException {
        FileStatus[] children;
        try {
            children = FileSystem.get(directory.toUri()).listStatus(directory);
        } catch (FileNotFoundException e) {
            return false;
        }
        if (children == null) {
            return false;
        }
        for (FileStatus child : children) {
            if (child.getPath().getName().equals(METADATA)) {
                found.add(child);
            } else if (child.isDir() && depth > 0) {
                // One that is deleted meanwhile, as older checkpoints are, is no longer there.
                collect(child.getPath(), depth - 1, found);
            }
        }
        return true;
    }

    private boolean isOfTheJob(Path metadata) throws IOException {
        Set<String> read = new HashSet<>();
        try (DataInputStream in =
                new DataInputStream(FileSystem.get(metadata.toUri()).open(metadata))) {
            CheckpointMetadata checkpoint =
                    Checkpoints.loadCheckpointMetadata(
                            in, Retained.class.getClassLoader(), metadata.toString());
            for (OperatorState operator : checkpoint.getOperatorStates()) {
                if (operator.getCoordinatorState() != null) {
                    read.addAll(SourceState.topics(operator.getCoordinatorState().getData()));
                }
            }
        } catch (IOException | IllegalStateException e) {
            // Another job's, with sources of another kind, or one that is being deleted.
            looked.add(
                    "%s cannot be read as one of this job (%s)"
                            .formatted(metadata, e.getMessage()));
            return false;
        }
        read.removeAll(since);
        return read.equals(topics);
    }
}
