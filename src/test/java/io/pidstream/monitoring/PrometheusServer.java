package io.pidstream.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's prometheus as a process, with the configuration of deploy/monitoring. */
final class PrometheusServer implements AutoCloseable {
    private static final String DEPLOYED = "deploy/monitoring";

    private final Process process;
    private final int port;
    private final Path log;

    private PrometheusServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * @param directory for its configuration and its data
     * @param target port of the reporter that it scrapes, every second
     */
    static PrometheusServer start(Path directory, int target) throws IOException {
        Path configuration = directory.resolve("prometheus.yml");
        Files.createDirectories(directory.resolve("targets"));
        Files.writeString(
                configuration,
                Files.readString(Path.of(DEPLOYED, "prometheus.yml")).replace("15s", "1s"));
        Files.copy(Path.of(DEPLOYED, "rules.yml"), directory.resolve("rules.yml"));
        Files.writeString(
                directory.resolve("targets/flink.yml"),
                "- targets: [\"127.0.0.1:%d\"]%n".formatted(target));
        int port = freePort();
        Path log = directory.resolve("prometheus.log");
        Process process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new PrometheusServer(process, port, log);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The result of an expression; null while it does not answer yet. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer =
                get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (answer != null && !answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return answer == null ? null : answer.at("/data/result");
    }

    /** What {@code /api/v1/...} answers; null while nothing listens. */
    JsonNode get(String path) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:%d/api/v1/%s".formatted(port, path)))
                            .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            boolean starting = answer.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE;
            return starting ? null : new ObjectMapper().readTree(answer.body());
        } catch (java.net.ConnectException e) {
            return null;
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
