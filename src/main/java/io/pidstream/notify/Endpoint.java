package io.pidstream.notify;

import io.pidstream.kafka.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** An address that JSON is posted to. */
final class Endpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_REASON = 200;

    /** Answers that say that the content is wrong: bad, too large, not processable. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String key;
    private final String url;
    private final String path;
    private final String authorization;

    /**
     * @param key of the configuration, for messages
     * @param url may have placeholders
     * @param path that follows it
     * @param authorization value of the header, with placeholders; null for none
     */
    Endpoint(String key, String url, String path, String authorization) {
        this.key = key;
        this.url = url;
        this.path = path;
        this.authorization = authorization;
    }

    /** Scheme, host and port: paths and queries of webhooks are often secret. */
    String address() {
        try {
            URI uri = URI.create(Secrets.resolve(url));
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return "%s://%s%s".formatted(uri.getScheme(), uri.getHost(), port);
        } catch (IllegalArgumentException | ConfigException e) {
            return key;
        }
    }

    void post(String json) throws UndeliveredException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(request(json), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UndeliveredException(
                    "%s: %s does not answer: %s".formatted(key, address(), reason), false);
        }
        int status = answer.statusCode();
        if (status / 100 != 2) {
            String reason = answer.body().strip().lines().findFirst().orElse("");
            throw new UndeliveredException(
                    "%s: %s answers %d %s"
                            .formatted(
                                    key,
                                    address(),
                                    status,
                                    reason.substring(0, Math.min(MOST_REASON, reason.length()))),
                    REFUSALS.contains(status));
        }
    }

    /** The causes are left out: they quote the address or the header. */
    private HttpRequest request(String json) throws UndeliveredException {
        try {
            String base = Secrets.resolve(url);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(
                                    URI.create((base.endsWith("/") ? cut(base) : base) + path))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json));
            if (authorization != null) {
                request.header("Authorization", Secrets.resolve(authorization));
            }
            return request.build();
        } catch (ConfigException e) {
            throw new UndeliveredException(
                    "%s: a variable or file of it is gone".formatted(key), false);
        } catch (IllegalArgumentException e) {
            throw new UndeliveredException(
                    "%s: expected an address that begins with http:// or https://, and an"
                                    .formatted(key)
                            + " authorization in one line",
                    false);
        }
    }

    private String cut(String base) {
        return path.isEmpty() ? base : base.substring(0, base.length() - 1);
    }
}
