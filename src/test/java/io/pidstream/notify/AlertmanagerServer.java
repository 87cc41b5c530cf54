package io.pidstream.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Alertmanager as a process, which passes on to nobody. */
final class AlertmanagerServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final int port;
    private Process process;

    private AlertmanagerServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param directory for its configuration, data and log
     */
    static AlertmanagerServer start(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("alertmanager.yml"),
                "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        AlertmanagerServer server = new AlertmanagerServer(directory, freePort());
        server.resume();
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again at the same port. */
    void resume() throws IOException {
        process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--config.file=" + directory.resolve("alertmanager.yml"),
                                "--storage.path=" + directory.resolve("data"),
                                "--cluster.listen-address=",
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("alertmanager.log").toFile())
                        .start();
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The alerts of a pipeline that stand; null while it does not answer. */
    List<JsonNode> alerts(String pipeline) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    Files.readString(directory.resolve("alertmanager.log")));
        }
        String filter = "pipeline=\"" + pipeline + "\"";
        String query = "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address() + "/api/v2/alerts" + query)).build();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return null;
            }
            List<JsonNode> alerts = new ArrayList<>();
            new ObjectMapper().readTree(answer.body()).forEach(alerts::add);
            return alerts;
        } catch (java.net.ConnectException e) {
            return null;
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
