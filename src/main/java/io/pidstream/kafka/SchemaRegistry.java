package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A client of a schema registry for the part of Confluent's REST API that framing needs: {@code
 * POST /subjects/{subject}/versions} and {@code GET /schemas/ids/{id}}. Other registries implement
 * it too.
 *
 * <p>Uses {@link HttpURLConnection}, because an {@code HttpClient} has its own threads, which would
 * outlive a job in a TaskManager.
 *
 * @param url its address, such as {@code http://registry:8081}, including the path of the API
 * @param authorization value of the Authorization header, or null; {@code ${env:NAME}} and {@code
 *     ${file:/path}} in it are resolved for each request
 */
public record SchemaRegistry(String url, String authorization) implements Serializable {
    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int NOT_FOUND = 404;

    public SchemaRegistry {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Without the authorization, which may be secret. */
    @Override
    public String toString() {
        return "SchemaRegistry[" + url + "]";
    }

    /**
     * The id of a schema under a subject; registers the schema if necessary.
     *
     * @throws KafkaUnavailableException if the registry does not answer, or refuses the schema
     */
    int register(String subject, String schema) {
        String path =
                "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        String body = new ObjectMapper().createObjectNode().put("schema", schema).toString();
        return ask("POST", path, body)
                .orElseThrow(() -> new KafkaUnavailableException(url + path + ": not found", null))
                .path("id")
                .asInt();
    }

    /**
     * The schema with an id; empty if the registry does not know it.
     *
     * @throws KafkaUnavailableException if the registry does not answer
     */
    Optional<String> schema(int id) {
        return ask("GET", "/schemas/ids/" + id, null).map(json -> json.path("schema").asText());
    }

    private Optional<JsonNode> ask(String method, String path, String body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + path).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", CONTENT);
            if (authorization != null) {
                connection.setRequestProperty("Authorization", Secrets.resolve(authorization));
            }
            if (body != null) {
                connection.setRequestProperty("Content-Type", CONTENT);
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer(connection, path);
        } catch (IOException e) {
            throw new KafkaUnavailableException(
                    "%s: the schema registry does not answer: %s".formatted(url, e.getMessage()),
                    e);
        }
    }

    private Optional<JsonNode> answer(HttpURLConnection connection, String path)
            throws IOException {
        int status = connection.getResponseCode();
        if (status == NOT_FOUND) {
            return Optional.empty();
        }
        if (status / 100 != 2) {
            throw new KafkaUnavailableException(
                    "%s: the schema registry answers %d: %s"
                            .formatted(url + path, status, text(connection.getErrorStream())),
                    null);
        }
        return Optional.of(new ObjectMapper().readTree(text(connection.getInputStream())));
    }

    private static String text(InputStream in) throws IOException {
        if (in == null) {
            return "";
        }
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
