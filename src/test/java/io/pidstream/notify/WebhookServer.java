package io.pidstream.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/** Takes what is posted, with the status that a test wants. */
final class WebhookServer implements AutoCloseable {
    private final HttpServer server;
    private final ToIntFunction<JsonNode> status;
    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private final List<JsonNode> declined = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private WebhookServer(int port, ToIntFunction<JsonNode> status) throws IOException {
        this.status = status;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** Takes everything. */
    static WebhookServer start(int port) throws IOException {
        return start(port, alert -> 204);
    }

    /**
     * @param status the answer to an alert
     */
    static WebhookServer start(int port, ToIntFunction<JsonNode> status) throws IOException {
        return new WebhookServer(port, status);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode alert = new ObjectMapper().readTree(exchange.getRequestBody());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        int answer = status.applyAsInt(alert);
        (answer == 204 ? taken : declined).add(alert);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<JsonNode> taken() {
        return taken;
    }

    /** Ids and states, in the order of arrival. */
    List<String> ids() {
        return ids(taken);
    }

    List<String> declined() {
        return ids(declined);
    }

    private static List<String> ids(List<JsonNode> alerts) {
        return alerts.stream()
                .map(alert -> alert.get("id").asText() + " " + alert.get("state").asText())
                .toList();
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
