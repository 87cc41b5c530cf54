package io.pidstream.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.pidstream.embedded.EmbeddedFlink;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How long a bounded job ran, and what else the machine did in that time.
 *
 * @param seconds from the moment its first subtask ran until it was finished, so with the last
 *     checkpoint that commits its output, without what it takes to deploy it
 * @param cpuSeconds processor time of this JVM: the job, the broker, compiler and collector
 * @param gcSeconds time spent collecting garbage
 * @param jitSeconds time spent compiling
 * @param loadAverage of the machine over the last minute, when the job was started
 * @param checkpointBytes size of the largest checkpoint; 0 if there was none
 * @param checkpointSeconds how long the longest one took
 * @param accumulators of the job
 */
record MeasuredRun(
        double seconds,
        double cpuSeconds,
        double gcSeconds,
        double jitSeconds,
        double loadAverage,
        long checkpointBytes,
        double checkpointSeconds,
        Map<String, Object> accumulators) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the graph of {@code env} to its end. */
    static MeasuredRun of(StreamExecutionEnvironment env, EmbeddedFlink flink, String name)
            throws Exception {
        double load = system().getSystemLoadAverage();
        long cpu = system().getProcessCpuTime();
        long gc = gcMillis();
        long jit = jitMillis();
        JobClient job = env.executeAsync(name);
        JobExecutionResult result = job.getJobExecutionResult().get();
        URI details = flink.dashboard().resolve("/jobs/" + result.getJobID());
        JsonNode checkpoints =
                get(HttpClient.newHttpClient(), URI.create(details + "/checkpoints"))
                        .path("summary");
        return new MeasuredRun(
                millis(details) / 1e3,
                (system().getProcessCpuTime() - cpu) / 1e9,
                (gcMillis() - gc) / 1e3,
                (jitMillis() - jit) / 1e3,
                load,
                checkpoints.path("state_size").path("max").asLong(),
                checkpoints.path("end_to_end_duration").path("max").asLong() / 1e3,
                result.getAllAccumulatorResults());
    }

    /**
     * Flink's own record of the job: a client learns of its end only when it asks for the next
     * time, up to seconds later.
     */
    private static long millis(URI job) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        JsonNode details = get(client, job);
        long end = details.path("timestamps").path("FINISHED").asLong();
        long start = Long.MAX_VALUE;
        for (JsonNode vertex : details.path("vertices")) {
            String times = job + "/vertices/" + vertex.path("id").asText() + "/subtasktimes";
            for (JsonNode subtask : get(client, URI.create(times)).path("subtasks")) {
                start = Math.min(start, subtask.path("timestamps").path("RUNNING").asLong(start));
            }
        }
        if (end <= 0 || start >= end) {
            throw new IllegalStateException(
                    "%s ran from %d to %d; expected an end after its start"
                            .formatted(job, start, end));
        }
        return end - start;
    }

    private static JsonNode get(HttpClient client, URI address)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s: status %d; expected 200: %s"
                            .formatted(address, response.statusCode(), response.body()));
        }
        return JSON.readTree(response.body());
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private static long jitMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler.getTotalCompilationTime();
    }
}
