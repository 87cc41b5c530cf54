package io.pidstream.kafka;

import io.pidstream.testing.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Apicurio Registry as a process, with its schemas in memory; the build unpacks it. */
final class RegistryProcess implements AutoCloseable {
    private static final Path HOME = Path.of("target", "registry");
    private static final int OK = 200;

    private final Process process;
    private final int port;
    private final Path log;

    private RegistryProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static boolean isUnpacked() {
        return Files.isDirectory(HOME);
    }

    /** Returns when it answers. */
    static RegistryProcess start(Path directory) throws Exception {
        Path jar;
        try (Stream<Path> files = Files.list(HOME)) {
            jar =
                    files.filter(file -> file.toString().endsWith("-runner.jar"))
                            .findFirst()
                            .orElseThrow();
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path log = directory.resolve("registry.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=" + port,
                                "-jar",
                                jar.toAbsolutePath().toString())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        RegistryProcess registry = new RegistryProcess(process, port, log);
        try {
            registry.awaitAnswer();
        } catch (Exception e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    private void awaitAnswer() {
        Waiting.until("an answer of the registry", this::status, status -> status == OK);
    }

    /** What it answers; 0 while nothing listens. */
    private int status() throws Exception {
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(confluentUrl() + "/subjects")).build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }

    private String log() throws IOException {
        return Files.readString(log);
    }

    /** Where it speaks Confluent's interface. */
    String confluentUrl() {
        return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
    }

    /** Where it speaks its own. */
    String ownUrl() {
        return "http://127.0.0.1:%d/apis/registry/v2".formatted(port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
