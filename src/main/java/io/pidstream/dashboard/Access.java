package io.pidstream.dashboard;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Access to the page: requires the token, if there is one, and an expected host name, so that other
 * sites cannot make a browser request the page (DNS rebinding).
 */
final class Access {
    static final String COOKIE = "pidstream";

    private static final int MOST_SESSIONS = 200;
    private static final int MOST_FAILURES = 10;
    private static final long FAILURE_WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(%25\\w+)?]");

    private final byte[] token;
    private final Set<String> hosts;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final Deque<byte[]> sessions = new ArrayDeque<>();
    private final Deque<Long> failures = new ArrayDeque<>();

    /**
     * @param token what has to be known; empty for nothing
     * @param hosts names, in lower case, under which the page may be asked for; addresses always
     *     may
     */
    Access(Optional<String> token, Set<String> hosts, LongSupplier nanos) {
        this.token = token.map(Access::digest).orElse(null);
        this.hosts = Set.copyOf(hosts);
        this.nanos = nanos;
    }

    /** A digest, so that the time of a comparison does not depend on the length. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    boolean needsToken() {
        return token != null;
    }

    /** Whether a request names a host that this page may be asked for under. */
    boolean isExpectedHost(Headers headers) {
        String host = headers.getFirst("Host");
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(java.util.Locale.ROOT);
        return name.equals("localhost") || hosts.contains(name) || ADDRESS.matcher(name).matches();
    }

    /** Whether a request comes from this page itself, or from no page. */
    static boolean isOwnOrigin(Headers headers) {
        String origin = headers.getFirst("Origin");
        String host = headers.getFirst("Host");
        return origin == null || origin.replaceFirst("^https?://", "").equals(host);
    }

    /** Whether a request brings the token, or the cookie that was given for it. */
    boolean mayRead(Headers headers) {
        if (token == null) {
            return true;
        }
        String authorization = headers.getFirst("Authorization");
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return isToken(authorization.substring("Bearer ".length()).strip());
        }
        for (String cookies : headers.getOrDefault("Cookie", List.of())) {
            for (String cookie : List.of(cookies.split(";", -1))) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(COOKIE) && isSession(parts[1])) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isToken(String given) {
        return MessageDigest.isEqual(token, digest(given));
    }

    private synchronized boolean isSession(String given) {
        byte[] digest = digest(given);
        boolean found = false;
        for (byte[] session : sessions) {
            found |= MessageDigest.isEqual(session, digest);
        }
        return found;
    }

    /** Whether tokens are refused for a while because of too many wrong ones. */
    synchronized boolean isClosed() {
        long now = nanos.getAsLong();
        while (!failures.isEmpty() && now - failures.peekFirst() > FAILURE_WINDOW) {
            failures.removeFirst();
        }
        return failures.size() >= MOST_FAILURES;
    }

    /** A new session for a token; empty for a wrong one. */
    synchronized Optional<String> enter(String given) {
        if (token == null || !isToken(given)) {
            failures.addLast(nanos.getAsLong());
            return Optional.empty();
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String session = HexFormat.of().formatHex(secret);
        sessions.addLast(digest(session));
        if (sessions.size() > MOST_SESSIONS) {
            sessions.removeFirst();
        }
        return Optional.of(session);
    }
}
