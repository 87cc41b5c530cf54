package io.pidstream.process;

import io.pidstream.state.StateRefusedException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.util.SerializedThrowable;

/** The start of a submitted job from a savepoint, which its tasks may refuse. */
public final class Restore {
    private static final Duration POLL = Duration.ofMillis(200);

    private Restore() {}

    /**
     * Waits until every task of a job runs and so has its state, or until the job has ended.
     *
     * @param flink how to reach the cluster's REST endpoint
     * @param limit how long to wait at most: tasks may have to wait for slots
     * @return whether every task has its state; false when the limit was reached first
     * @throws Exception why the job failed, if it did
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
     * Why state was refused, in one sentence, if that is what made a job fail. The exception may be
     * of another class loader, or be written as text where its class is unknown.
     */
    public static Optional<String> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (className(cause).equals(StateRefusedException.class.getName())) {
                return Optional.of(sentence(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static String className(Throwable cause) {
        return cause instanceof SerializedThrowable serialized
                ? serialized.getOriginalErrorClassName()
                : cause.getClass().getName();
    }

    /** Flink puts the name of the class before the message of an exception that it serializes. */
    private static String sentence(String message) {
        String prefix = StateRefusedException.class.getName() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
