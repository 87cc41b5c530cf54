package io.pidstream.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reporter answers to Prometheus: every name with the labels that its series have, and the
 * sum of its values that are numbers.
 *
 * @param labels by name
 * @param values by name
 */
record Exposition(Map<String, Set<String>> labels, Map<String, Double> values) {
    private static final Pattern SERIES =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? ([^ ]+)$");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static Exposition scrape(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
        String body =
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
        return parse(body);
    }

    static Exposition parse(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Map<String, Double> values = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher series = SERIES.matcher(line);
            if (line.startsWith("#") || !series.matches()) {
                continue;
            }
            Set<String> known = labels.computeIfAbsent(series.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
            while (label.find()) {
                known.add(label.group(1));
            }
            double value = number(series.group(3));
            if (Double.isFinite(value)) {
                values.merge(series.group(1), value, Double::sum);
            }
        }
        return new Exposition(labels, values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
