package io.pidstream.cli;

import io.pidstream.kafka.CommittedOffsets;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Sources;
import io.pidstream.process.Retained;
import io.pidstream.process.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a job starts with. */
final class StartOptions {
    private static final String LATEST = "latest";
    private static final String EARLIEST = "earliest";

    @Option(
            names = "--from",
            paramLabel = "savepoint|latest|earliest",
            description =
                    "Restores from a savepoint or a retained checkpoint; latest: from the newest of"
                            + " this job in the directories for checkpoints and savepoints;"
                            + " earliest: starts with nothing learned, at the beginning of the"
                            + " topics.")
    String from;

    @Option(
            names = "--fresh",
            description =
                    "Starts with nothing learned where a former job stopped reading. That is also"
                            + " what happens without --from, with a note.")
    boolean fresh;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /**
     * A job as its group and its topics.
     *
     * @param title of the job, for messages
     * @param group consumer group
     * @param inputs topics that it reads from committed offsets
     * @param versions topic of model versions, which it reads from the beginning
     * @param actions topic of what is done about alerts, of which state of before knows nothing
     */
    record Reader(
            String title, String group, List<String> inputs, String versions, String actions) {
        private Set<String> topics() {
            Set<String> topics = new HashSet<>(inputs);
            topics.add(versions);
            return topics;
        }
    }

    /** Checks that the options do not contradict each other. */
    void check() {
        if (fresh && from != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fresh: expected no --from with it (got --from %s)".formatted(from));
        }
    }

    /** Where the sources of a job without state start. */
    Sources.Start sources() {
        return EARLIEST.equals(from) ? Sources.Start.EARLIEST : Sources.Start.COMMITTED;
    }

    boolean restores() {
        return from != null && !from.equals(EARLIEST);
    }

    /**
     * What to restore from; null for nothing. Says what was found, or what a start with nothing
     * means.
     *
     * @param flink has the directories of checkpoints and savepoints
     */
    String savepoint(Configuration flink, KafkaSettings kafka, Reader job)
            throws IOException, ExecutionException {
        if (LATEST.equals(from)) {
            return latest(new Retained(flink, job.topics(), Set.of(job.actions())), job);
        }
        if (restores()) {
            return from;
        }
        if (!fresh && from == null) {
            note(
                    CommittedOffsets.of(kafka, job.group(), job.inputs()),
                    job,
                    HighAvailabilityMode.isHighAvailabilityModeActivated(flink));
        }
        return null;
    }

    private String latest(Retained retained, Reader job) throws IOException {
        if (!retained.isConfigured()) {
            throw new StartRefused(
                    "--from: latest: expected flink.execution.checkpointing.dir or"
                        + " flink.execution.checkpointing.savepoint-dir in the configuration, to"
                        + " look in; neither is set");
        }
        Retained.Found found =
                retained.newest()
                        .orElseThrow(
                                () ->
                                        new StartRefused(
                                                "--from: latest: expected a checkpoint or savepoint of %s; there is none (looked in %s)"
                                                        .formatted(
                                                                job.title(), retained.looked())));
        err().printf("%s: goes on from %s of %s%n", job.title(), found.path(), found.written());
        err().flush();
        return found.path();
    }

    /**
     * A start that learns from nothing, in the middle of its topics, is rarely meant.
     *
     * @param available whether Flink may restore the job itself: a JobManager that has restarted
     *     runs this again
     */
    private void note(Map<String, CommittedOffsets.Progress> read, Reader job, boolean available) {
        if (read.isEmpty()) {
            return;
        }
        String topics =
                read.entrySet().stream()
                        .map(
                                topic ->
                                        "%s to offset %d of %d"
                                                .formatted(
                                                        topic.getKey(),
                                                        topic.getValue().read(),
                                                        topic.getValue().written()))
                        .collect(Collectors.joining(", "));
        PrintWriter err = err();
        err.printf(
                "%s: found committed offsets of consumer group %s (%s).%n",
                job.title(), job.group(), topics);
        err.println(
                "This start without --from goes on at those offsets with nothing learned. Instead,"
                        + " stop it and add");
        err.println(
                "  --from latest    to go on with what was learned: the newest checkpoint or"
                        + " savepoint, if one is kept");
        err.println("  --from earliest  to read the topics from the start, with nothing learned");
        err.println(
                "  --fresh          to go on at those offsets with nothing learned, without this"
                        + " note");
        if (available) {
            err.println(
                    "Where Flink's high availability has a checkpoint of the job, it is restored"
                            + " from there, and nothing is lost.");
        }
        err.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
