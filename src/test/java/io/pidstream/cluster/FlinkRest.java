package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.testing.Waiting;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flink's REST API. */
final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "one-jar-and-no-more";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    FlinkRest(URI address) {
        this.address = address;
    }

    /** Waits for as many slots as this, all free; the JobManager need not answer yet. */
    void awaitSlots(int slots) {
        Waiting.until(slots + " free slots at " + address, () -> freeSlots() == slots);
    }

    /** Number of free slots; -1 where nobody listens yet or the leader is still being elected. */
    private int freeSlots() throws Exception {
        HttpResponse<String> answer;
        try {
            answer = send(request("/overview").GET());
        } catch (java.net.ConnectException e) {
            return -1;
        }
        return answer.statusCode() == 503 ? -1 : ok(answer).path("slots-available").asInt();
    }

    /** Returns the id of the jar. */
    String upload(Path jar) throws Exception {
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(
                                """
                                --%s\r
                                Content-Disposition: form-data; name="jarfile"; filename="%s"\r
                                Content-Type: application/x-java-archive\r
                                \r
                                """
                                        .formatted(BOUNDARY, jar.getFileName())),
                        BodyPublishers.ofFile(jar),
                        BodyPublishers.ofString("\r\n--%s--\r\n".formatted(BOUNDARY)));
        HttpRequest.Builder request =
                request("/jars/upload")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(body);
        String file = ok(send(request)).path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /**
     * Runs a jar's program.
     *
     * @param savepoint what to go on from; may be null
     * @return the answer, an error included
     */
    HttpResponse<String> run(String jar, String savepoint, List<String> arguments)
            throws Exception {
        ObjectNode body = JSON.createObjectNode().put("savepointPath", savepoint);
        arguments.forEach(body.putArray("programArgsList")::add);
        return send(
                request("/jars/" + jar + "/run")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /** Runs a jar's program and returns the id of the job that it submitted. */
    String submit(String jar, String savepoint, List<String> arguments) throws Exception {
        return ok(run(jar, savepoint, arguments)).path("jobid").asText();
    }

    void awaitState(String job, String state) throws Exception {
        Waiting.until(
                "%s: %s".formatted(job, state),
                () -> {
                    JsonNode found = get("/jobs/" + job);
                    String now = found.path("state").asText();
                    assertThat(now)
                            .as("state of job %s", job)
                            .isIn(
                                    state,
                                    "CREATED",
                                    "RUNNING",
                                    "INITIALIZING",
                                    "RESTARTING",
                                    "CANCELLING",
                                    "FAILING");
                    return now.equals(state);
                });
    }

    /** Highest number of subtasks of any of a job's operators. */
    int parallelism(String job) throws Exception {
        int most = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            most = Math.max(most, vertex.path("parallelism").asInt());
        }
        return most;
    }

    JsonNode checkpoints(String job) throws Exception {
        return get("/jobs/" + job + "/checkpoints");
    }

    /** Waits for a checkpoint of a job and returns where its newest one is. */
    String awaitCheckpoint(String job) throws Exception {
        Waiting.until(
                job + ": a checkpoint",
                () -> checkpoints(job).path("counts").path("completed").asInt() > 0);
        return checkpoints(job).path("latest").path("completed").path("external_path").asText();
    }

    /** Asks for a checkpoint until there is one, and returns where it is. */
    String checkpoint(String job) throws Exception {
        // A job runs before all of its tasks do, and until then none can be made.
        Waiting.until(job + ": a checkpoint that was asked for", () -> isCheckpointed(job));
        return awaitCheckpoint(job);
    }

    private boolean isCheckpointed(String job) throws Exception {
        String path = "/jobs/" + job + "/checkpoints";
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"checkpointType\":\"FULL\"}"));
        String trigger = path + "/" + ok(send(request), 202).path("request-id").asText();
        Waiting.until(
                job + ": an answer about a checkpoint",
                () -> get(trigger).at("/status/id").asText().equals("COMPLETED"));
        return get(trigger).at("/operation/checkpointId").isNumber();
    }

    void cancel(String job) throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/jobs/" + job + "?mode=cancel")
                                .method("PATCH", BodyPublishers.noBody()));
        ok(answer, 202);
        awaitState(job, "CANCELED");
    }

    /** Cancels every job that has not ended. */
    void cancelAll() throws Exception {
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("end-time").asLong() < 0) {
                cancel(job.path("jid").asText());
            }
        }
    }

    /** Sum of a metric of operators over a job's subtasks; 0 while there is none of that name. */
    double metric(String job, String name) throws Exception {
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            String path = "/jobs/%s/vertices/%s/metrics".formatted(job, vertex.path("id").asText());
            List<String> ids = new ArrayList<>();
            for (JsonNode metric : get(path)) {
                String id = metric.path("id").asText();
                if (id.endsWith("." + name)) {
                    ids.add(URLEncoder.encode(id, StandardCharsets.UTF_8));
                }
            }
            if (!ids.isEmpty()) {
                for (JsonNode metric : get(path + "?get=" + String.join(",", ids))) {
                    sum += metric.path("value").asDouble();
                }
            }
        }
        return sum;
    }

    /** What made a job fail, as Flink words it; no entries where nothing did. */
    String exceptions(String job) throws Exception {
        return get("/jobs/" + job + "/exceptions").path("exceptionHistory").toString();
    }

    /** What Flink's web pages are made of: of the cluster, its processes, their logs, and a job. */
    List<String> everyPage(String job) throws Exception {
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/config",
                                "/jars",
                                "/jobs/overview",
                                "/jobmanager/config",
                                "/jobmanager/environment",
                                "/jobmanager/log",
                                "/jobmanager/stdout",
                                "/jobmanager/logs",
                                "/jobmanager/thread-dump",
                                "/taskmanagers"));
        for (JsonNode one : get("/taskmanagers").path("taskmanagers")) {
            String path = "/taskmanagers/" + one.path("id").asText();
            paths.addAll(List.of(path, path + "/log", path + "/stdout", path + "/logs"));
            paths.add(path + "/thread-dump");
        }
        String ofJob = "/jobs/" + job;
        for (String page :
                List.of(
                        "",
                        "/config",
                        "/plan",
                        "/jobmanager/config",
                        "/jobmanager/environment",
                        "/exceptions",
                        "/accumulators",
                        "/checkpoints",
                        "/checkpoints/config")) {
            paths.add(ofJob + page);
        }
        for (JsonNode vertex : get(ofJob).path("vertices")) {
            paths.add(ofJob + "/vertices/" + vertex.path("id").asText());
        }
        List<String> pages = new ArrayList<>();
        for (String path : paths) {
            HttpResponse<String> answer = send(request(path).GET());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            pages.add(answer.body());
        }
        return pages;
    }

    private JsonNode get(String path) throws Exception {
        return ok(send(request(path).GET()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        return ok(answer, 200);
    }

    private static JsonNode ok(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
