package io.pidstream.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page and its data over HTTP. */
final class DashboardServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
    private static final int MOST_THREADS = EventStreams.MOST + 24;
    private static final int MOST_POINTS = 20_000;
    private static final int MOST_TOKEN_BYTES = 4096;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String ASSETS = "/api/assets/";

    private final OutputStore store;
    private final Clock clock;
    private final Access access;
    private final PageFiles files;
    private final EventStreams events;
    private final HttpServer server;
    private final ExecutorService threads;

    DashboardServer(OutputStore store, Access access, InetSocketAddress address, Clock clock)
            throws IOException {
        // A request has to be whole within half a minute; answers leave without waiting for more.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.store = store;
        this.clock = clock;
        this.access = access;
        this.files = new PageFiles();
        this.events = new EventStreams(store, clock);
        this.threads =
                new ThreadPoolExecutor(
                        2,
                        MOST_THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, "dashboard");
                            thread.setDaemon(true);
                            return thread;
                        });
        this.server = HttpServer.create(address, 64);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            secure(exchange.getResponseHeaders());
            answer(exchange);
        } catch (RuntimeException e) {
            LOG.warn("{} {}", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), e);
            throw e;
        }
    }

    private static void secure(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'; require-trusted-types-for 'script'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("Cache-Control", "no-store");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        if (!access.isExpectedHost(exchange.getRequestHeaders())) {
            problem(exchange, 421, "this page does not answer to that host name");
        } else if (path.equals("/api/login") && method.equals("POST")) {
            login(exchange);
        } else if (!method.equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            problem(exchange, 405, "expected GET");
        } else if (!path.startsWith("/api/")) {
            file(exchange, path);
        } else if (!access.mayRead(exchange.getRequestHeaders())) {
            problem(exchange, 401, "expected the token");
        } else {
            data(exchange, path);
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        Optional<PageFiles.PageFile> file = files.file(path);
        if (file.isEmpty()) {
            problem(exchange, 404, "there is no such page");
            return;
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        send(exchange, 200, file.get().type(), file.get().bytes());
    }

    private void data(HttpExchange exchange, String path) throws IOException {
        Map<String, String> query = query(exchange);
        if (path.equals("/api/overview")) {
            send(exchange, 200, JSON, utf8(new OverviewJson(store, clock).render()));
        } else if (path.equals("/api/events")) {
            events.serve(exchange, query);
        } else if (path.startsWith(ASSETS)) {
            String asset = decode(path.substring(ASSETS.length()));
            int target = number(query, "target", 0, store.subject().targets().size() - 1);
            int points = number(query, "points", 4000, MOST_POINTS);
            AssetJson of = new AssetJson(store);
            Optional<String> json =
                    "forecast".equals(query.get("only"))
                            ? of.forecast(asset, target, points)
                            : of.whole(asset, target, points);
            if (json.isPresent()) {
                send(exchange, 200, JSON, utf8(json.get()));
            } else {
                problem(exchange, 404, "nothing is known of this asset");
            }
        } else {
            problem(exchange, 404, "there is no such data");
        }
    }

    /** Gives a cookie for the token, as a browser's event source can send no header of its own. */
    private void login(HttpExchange exchange) throws IOException {
        if (!Access.isOwnOrigin(exchange.getRequestHeaders())) {
            problem(exchange, 403, "only the page itself may do that");
            return;
        }
        if (access.isClosed()) {
            problem(exchange, 429, "too many wrong tokens; wait a minute");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_TOKEN_BYTES);
        Optional<String> session = access.enter(new String(body, StandardCharsets.UTF_8).strip());
        if (session.isEmpty()) {
            problem(exchange, 401, "that is not the token");
            return;
        }
        exchange.getResponseHeaders()
                .set(
                        "Set-Cookie",
                        "%s=%s; Path=/; HttpOnly; SameSite=Strict"
                                .formatted(Access.COOKIE, session.get()));
        exchange.sendResponseHeaders(204, -1);
    }

    static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", 16)) {
                String[] parts = pair.split("=", 2);
                query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A count from 0 to {@code most}; {@code otherwise} if it is missing or not a number. */
    static int number(Map<String, String> query, String name, int otherwise, int most) {
        String text = query.getOrDefault(name, "");
        return text.matches("\\d{1,6}") ? Math.min(most, Integer.parseInt(text)) : otherwise;
    }

    private static void problem(HttpExchange exchange, int status, String what) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", utf8(what + "\n"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        events.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
