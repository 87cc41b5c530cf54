package io.pidstream.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.util.ArrayList;
import java.util.List;

/** One covariance to decompose, from a line of JSON: of the target M and two sources X, Y. */
final class GivenCovariance {
    /** Largest number of variables: its square must be a valid array length. */
    private static final int MOST_VARIABLES = 46_340;

    private static final int LONGEST_QUOTE = 60;

    /**
     * NaN and Infinity are not JSON, but many programs write them; they are parsed so that the
     * error can name them.
     */
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    private final JsonNode object;
    private final List<String> problems = new ArrayList<>();
    private final int targets;
    private final int first;
    private final int second;
    private final double samples;
    private final double[] covariance;

    /**
     * Reads a line; see {@link #problems()}. Unknown keys are ignored.
     *
     * @param line {@code {"dm":1,"dx":4,"dy":4,"cov":[…],"n":500}}, cov row-major in the order M,
     *     X, Y; n, the effective number of samples, may be omitted; the covariance is then exact
     */
    GivenCovariance(String line) {
        object = parse(line);
        targets = size("dm", "target M");
        first = size("dx", "source X");
        second = size("dy", "source Y");
        samples = samples();
        covariance = covariance();
    }

    private JsonNode parse(String line) {
        try {
            JsonNode parsed = JSON.readTree(line);
            if (parsed.isObject()) {
                return parsed;
            }
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            problems.add(
                    "%s: expected a JSON object; %s, column %d"
                            .formatted(quote(line), reason(e), column));
            return null;
        }
        problems.add("%s: expected a JSON object".formatted(quote(line)));
        return null;
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return "there is more text after it";
        }
        String message = e.getOriginalMessage();
        return message.startsWith("Duplicate") ? message : "this is not JSON";
    }

    private int size(String key, String whose) {
        if (object == null) {
            return 0;
        }
        JsonNode value = object.path(key);
        if (value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= 1) {
            return value.asInt();
        }
        problem(key, text(value), "the number of dimensions of the " + whose + ", at least 1");
        return 0;
    }

    private double samples() {
        if (object == null || !object.hasNonNull("n")) {
            return Double.POSITIVE_INFINITY;
        }
        JsonNode value = object.path("n");
        if (value.isNumber() && value.asDouble() > 0) {
            return value.asDouble();
        }
        problem(
                "n",
                text(value),
                "an effective number of samples above 0, or no n for an exact covariance");
        return Double.POSITIVE_INFINITY;
    }

    private double[] covariance() {
        if (object == null) {
            return new double[0];
        }
        JsonNode array = object.path("cov");
        if (!array.isArray()) {
            problem("cov", text(array), "an array of numbers, row-major, in the order M, X, Y");
            return new double[0];
        }
        requireLength(array.size());
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            values[i] = value.asDouble();
            if (!value.isNumber() || !Double.isFinite(values[i])) {
                problem("cov[" + i + "]", text(value), "a finite number");
                return values;
            }
        }
        return values;
    }

    private void requireLength(int length) {
        if (targets == 0 || first == 0 || second == 0) {
            return; // Already reported: the sizes are wrong.
        }
        long variables = (long) targets + first + second;
        if (variables > MOST_VARIABLES) {
            problem("dm + dx + dy", variables, "at most " + MOST_VARIABLES);
        } else if (length != variables * variables) {
            problem(
                    "cov",
                    length + " numbers",
                    "%d, (dm + dx + dy)² = %d²".formatted(variables * variables, variables));
        }
    }

    private void problem(String key, Object value, String expected) {
        problems.add("%s: %s: expected %s".formatted(key, value, expected));
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "missing";
        }
        return value.isNumber() ? value.asText() : quote(value.toString());
    }

    private static String quote(String text) {
        String stripped = text.strip();
        return stripped.length() <= LONGEST_QUOTE
                ? stripped
                : stripped.substring(0, LONGEST_QUOTE) + "…";
    }

    /** The problems of the line; empty if it can be decomposed. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The decomposition, with X and Y as modalities x and y. */
    Decomposition decompose(PidDefinition definition) {
        return GaussianPid.decompose(
                covariance,
                targets,
                List.of("x", "y"),
                new int[] {first, second},
                samples,
                definition);
    }
}
