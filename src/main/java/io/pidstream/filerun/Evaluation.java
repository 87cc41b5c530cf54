package io.pidstream.filerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.event.Score;
import io.pidstream.forecast.PrequentialMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file run came to.
 *
 * @param labels labelled frames
 * @param warmUp how many of them, the first in event time, are not scored
 * @param perTarget metrics over all scored labels, in the order of the configuration
 * @param perAsset metrics of every asset, of the first target
 * @param explanations the last explanation of every asset and of the fleet, as JSON
 * @param alerts the last state of every alert, as JSON, in the order of opening
 * @param versions every state of every version that was made, as JSON, in the order of event time
 * @param deadLetters what became of records that could not be used
 * @param late readings that came too late
 */
public record Evaluation(
        long labels,
        long warmUp,
        Map<String, PrequentialMetrics> perTarget,
        Map<String, PrequentialMetrics> perAsset,
        Map<String, ObjectNode> explanations,
        List<JsonNode> alerts,
        List<JsonNode> versions,
        List<String> deadLetters,
        long late) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String FLEET = "*";

    public static Evaluation of(FileRun run, long warmUp) throws IOException {
        try (SortedLines scores = new SortedLines(run.part("scores"));
                SortedLines explanations = new SortedLines(run.part("explanations"));
                SortedLines alerts = new SortedLines(run.part("alerts"));
                SortedLines versions = new SortedLines(run.part("versions"));
                SortedLines deadLetters = new SortedLines(run.part("dead-letters"));
                SortedLines late = new SortedLines(run.part("late-readings"))) {
            List<String> targets = run.config().target().names();
            Map<String, PrequentialMetrics> perTarget = new LinkedHashMap<>();
            targets.forEach(target -> perTarget.put(target, new PrequentialMetrics()));
            Map<String, PrequentialMetrics> perAsset = new TreeMap<>();
            Counter counted = new Counter(warmUp * targets.size());
            scores.forEach(
                    line -> {
                        Score score = ScoreLines.fromText(line);
                        PrequentialMetrics own =
                                perAsset.computeIfAbsent(
                                        score.asset(), asset -> new PrequentialMetrics());
                        if (counted.isPastWarmUp() && !Double.isNaN(score.prediction())) {
                            add(score, perTarget.get(targets.get(score.index())));
                            if (score.index() == 0) {
                                add(score, own);
                            }
                        }
                    });
            List<String> dead = new ArrayList<>();
            deadLetters.forEach(dead::add);
            return new Evaluation(
                    scores.size() / targets.size(),
                    warmUp,
                    perTarget,
                    perAsset,
                    last(explanations),
                    states(alerts),
                    records(versions),
                    dead,
                    late.size());
        }
    }

    private static List<JsonNode> records(SortedLines versions) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : versions.texts()) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    /** How many different versions were made. */
    public long versionsMade() {
        return versions.stream().map(record -> record.path("version").asLong()).distinct().count();
    }

    /** One alert, one entry: its last transition, at the place of its first. */
    private static List<JsonNode> states(SortedLines alerts) throws IOException {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        for (String line : alerts.texts()) {
            JsonNode alert = JSON.readTree(line);
            states.put(alert.path("id").asText(), alert);
        }
        return List.copyOf(states.values());
    }

    /** Metrics of the first target, which is mostly the only one. */
    public PrequentialMetrics total() {
        return perTarget.values().iterator().next();
    }

    private static void add(Score score, PrequentialMetrics metrics) {
        metrics.add(score.target(), score.prediction(), score.lower(), score.upper());
    }

    private static Map<String, ObjectNode> last(SortedLines explanations) throws IOException {
        Map<String, String> newest = new TreeMap<>();
        for (String line : explanations.texts()) {
            newest.put(JSON.readTree(line).path("asset").asText(), line);
        }
        Map<String, ObjectNode> last = new TreeMap<>();
        for (Map.Entry<String, String> entry : newest.entrySet()) {
            last.put(entry.getKey(), (ObjectNode) JSON.readTree(entry.getValue()));
        }
        return last;
    }

    /**
     * The fleet's explanation; where the fleet level is off and there is one asset, that asset's;
     * else one that is undefined and says why.
     */
    public JsonNode explanation() {
        ObjectNode fleet = explanations.get(FLEET);
        if (fleet != null) {
            return fleet;
        }
        if (explanations.size() == 1) {
            return explanations.values().iterator().next();
        }
        ObjectNode none = JSON.createObjectNode();
        none.put("asset", FLEET);
        none.put("status", "UNDEFINED");
        none.put(
                "reason",
                explanations.isEmpty()
                        ? "no block of labelled frames was completed"
                        : "learning.levels has no fleet; see the assets' own");
        return none;
    }

    /** Counts scores in the order of event time. */
    private static final class Counter {
        private final long warmUp;
        private long count;

        Counter(long warmUp) {
            this.warmUp = warmUp;
        }

        boolean isPastWarmUp() {
            return ++count > warmUp;
        }
    }
}
