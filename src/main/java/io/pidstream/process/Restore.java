package io.pidstream.process;

import io.pidstream.kafka.NameTakenException;
import io.pidstream.state.StateRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.util.SerializedThrowable;

/** Follows the start of a submitted job from a savepoint, which its tasks may refuse. */
public final class Restore {
    private static final Set<String> REFUSALS =
            Set.of(StateRefusedException.class.getName(), NameTakenException.class.getName());

    private static final Duration POLL = Duration.ofMillis(200);

    private Restore() {}

    /**
     * Waits until all tasks of a job are running and so have restored their state, or until the job
     * has ended.
     *
     * @param flink configuration of the cluster's client
     * @param limit longest time to wait, as tasks may have to wait for slots
     * @return whether all tasks have restored their state; false if the limit was reached first
     * @throws Exception the cause, if the job failed
     */
    public static boolean await(Configuration flink, JobID job, Duration limit) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        try (RestClusterClient<StandaloneClusterId> cluster =
                new RestClusterClient<>(flink, StandaloneClusterId.getInstance())) {
            while (System.nanoTime() < end) {
                JobDetailsInfo details = cluster.getJobDetails(job).get();
                if (details.getJobStatus() == JobStatus.FAILED) {
                    JobResult result = cluster.requestJobResult(job).get();
                    result.toJobExecutionResult(Restore.class.getClassLoader());
                }
                if (details.getJobStatus().isGloballyTerminalState() || isRunning(details)) {
                    return true;
                }
                Thread.sleep(POLL.toMillis());
            }
        }
        return false;
    }

    private static boolean isRunning(JobDetailsInfo job) {
        return job.getJobVertexInfos().stream()
                .allMatch(
                        task ->
                                task.getExecutionState() == ExecutionState.RUNNING
                                        || task.getExecutionState() == ExecutionState.FINISHED);
    }

    /**
     * Why state was refused, or that another job has the name, in one sentence, if that made the
     * job fail. The exception may come from another class loader, or be serialized as text if its
     * class is unknown.
     */
    public static Optional<String> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String type = className(cause);
            if (REFUSALS.contains(type)) {
                return Optional.of(sentence(type, cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static String className(Throwable cause) {
        return cause instanceof SerializedThrowable serialized
                ? serialized.getOriginalErrorClassName()
                : cause.getClass().getName();
    }

    /** Flink prefixes the message of a serialized exception with the class name. */
    private static String sentence(String type, String message) {
        String prefix = type + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
