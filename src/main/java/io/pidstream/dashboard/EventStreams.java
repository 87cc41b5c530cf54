package io.pidstream.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: {@code overview} whenever anything has changed, and for one asset {@code
 * changes}; at most one of each a second. The id of an event is the store's revision, so a browser
 * that reconnects continues where it was; {@code reload} is sent if this is another store.
 */
final class EventStreams implements AutoCloseable {
    /** Largest number of browsers at a time. */
    static final int MOST = 40;

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final long PAUSE_MILLIS = 1000;
    private static final long SILENCE_MILLIS = 15_000;

    private final OutputStore store;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST);
    private volatile boolean closed;

    EventStreams(OutputStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void serve(HttpExchange exchange, Map<String, String> query) throws IOException {
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "30");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            stream(exchange.getResponseBody(), exchange, query);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The way in which a browser leaves.
            LOG.debug("a browser has left", e);
        } finally {
            places.release();
        }
    }

    private void stream(OutputStream out, HttpExchange exchange, Map<String, String> query)
            throws IOException, InterruptedException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        long seen = revision(last == null ? query.getOrDefault("seen", "") : last);
        if (seen >= 0 && !store.isOwn(seen)) {
            send(out, "reload", store.revision(), "{}");
            return;
        }
        out.write(utf8("retry: 2000\n\n"));
        out.flush();
        while (!closed) {
            store.await(seen, SILENCE_MILLIS);
            long now = store.revision();
            if (now == seen) {
                out.write(utf8(": still here\n\n"));
                out.flush();
                continue;
            }
            send(out, query, seen);
            seen = now;
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void send(OutputStream out, Map<String, String> query, long seen) throws IOException {
        String asset = query.get("asset");
        // Taken before anything is looked at: what comes meanwhile is sent once more.
        long now = store.revision();
        if (asset != null) {
            int target =
                    DashboardServer.number(
                            query, "target", 0, store.subject().targets().size() - 1);
            Optional<String> changes = new AssetJson(store).since(asset, target, seen);
            if (changes.isPresent()) {
                send(out, "changes", now, changes.get());
            }
        }
        send(out, "overview", now, new OverviewJson(store, clock).render());
    }

    private static void send(OutputStream out, String event, long id, String data)
            throws IOException {
        out.write(utf8("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n"));
        out.flush();
    }

    /** −1 for none. */
    private static long revision(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        store.announce();
    }
}
