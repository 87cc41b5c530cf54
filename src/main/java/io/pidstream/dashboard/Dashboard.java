package io.pidstream.dashboard;

import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.LabelReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The explanation page over the topics of a pipeline, served until it is closed. */
public final class Dashboard implements AutoCloseable {
    private static final long MICROS = 1000;

    private final TopicFeed feed;
    private final Thread reader;
    private final DashboardServer server;
    private final OutputStore store;
    private final String host;

    /**
     * Where and for whom the page is.
     *
     * @param host name or address to listen at
     * @param port 0 for a free one
     * @param token what has to be known to see anything; empty for nothing
     * @param allowedHosts further names under which a browser may ask for the page
     * @param lookBack how much of the past is read, counted from the newest record; empty for all
     */
    public record Options(
            String host,
            int port,
            Optional<String> token,
            Set<String> allowedHosts,
            Optional<Duration> lookBack,
            Limits limits) {
        /** On this machine only, for everybody on it, with everything there is. */
        public static Options local(int port) {
            return new Options(
                    "127.0.0.1",
                    port,
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Limits.DEFAULT);
        }

        @Override
        public String toString() {
            return "Options[host=%s, port=%d, token=%s]"
                    .formatted(host, port, token.isPresent() ? "given" : "none");
        }
    }

    private Dashboard(
            TopicFeed feed, Thread reader, DashboardServer server, OutputStore store, String host) {
        this.feed = feed;
        this.reader = reader;
        this.server = server;
        this.store = store;
        this.host = host;
    }

    /**
     * Serves the page; returns at once, whether or not there is a broker.
     *
     * @throws IOException naming the address that cannot be listened at
     */
    public static Dashboard start(KafkaSettings kafka, Subject subject, Options options)
            throws IOException {
        return start(kafka, LabelReader.of(kafka, List.of()), subject, options);
    }

    /**
     * Serves the page; returns at once, whether or not there is a broker.
     *
     * @param labels where the labels come from
     * @throws IOException naming the address that cannot be listened at
     */
    public static Dashboard start(
            KafkaSettings kafka, LabelReader labels, Subject subject, Options options)
            throws IOException {
        Clock clock = Clock.systemUTC();
        OutputStore store = new OutputStore(subject, options.limits(), clock.millis() * MICROS);
        Set<String> names = new HashSet<>();
        names.add(options.host().toLowerCase(Locale.ROOT));
        options.allowedHosts().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        Access access = new Access(options.token(), names, System::nanoTime);
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
        DashboardServer server;
        try {
            server = new DashboardServer(store, access, address, clock);
        } catch (IOException e) {
            throw new IOException(
                    "%s:%d cannot be listened at: %s"
                            .formatted(options.host(), options.port(), e.getMessage()),
                    e);
        }
        TopicFeed feed =
                new TopicFeed(
                        kafka, labels, store, new LookBack(options.lookBack().orElse(null)), clock);
        Thread reader = new Thread(feed, "dashboard-topics");
        reader.setDaemon(true);
        reader.start();
        return new Dashboard(feed, reader, server, store, options.host());
    }

    /** Address of the page. */
    public URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://%s:%d".formatted(name, server.port()));
    }

    /** The records read so far. */
    public OutputStore store() {
        return store;
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
        feed.stop();
        reader.join();
    }
}
