package io.pidstream.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.dashboard.AlertText;
import io.pidstream.dashboard.AssetJson;
import io.pidstream.dashboard.ExplanationText;
import io.pidstream.dashboard.Limits;
import io.pidstream.dashboard.OutputStore;
import io.pidstream.dashboard.Subject;
import io.pidstream.event.Score;
import io.pidstream.filerun.FileRun;
import io.pidstream.filerun.ScoreLines;
import io.pidstream.filerun.SortedLines;
import io.pidstream.forecast.PrequentialMetrics;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The report of a file run: one self-contained page with the charts of the explanation page. */
public final class EvaluationPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ASSETS = 6;
    private static final int MOST_ROWS = 500;
    private static final int MOST_POINTS = 2000;
    private static final Limits LIMITS = new Limits(50_000, MOST_ASSETS, MOST_ASSETS, 2000, 10_000);

    /** What follows is not drawn from a prediction, and is most of it. */
    private static final String REST = ",\"explanation\":";

    private final EvaluationReport report;
    private final FileRun run;
    private final Subject subject;

    public EvaluationPage(EvaluationReport report, FileRun run) {
        this.report = report;
        this.run = run;
        this.subject = PageSubject.of(report.config(), "");
    }

    public String render() throws IOException {
        return ReportPage.render(
                "pidstream evaluate",
                report.config().name() + ": evaluation",
                subtitle(),
                data(),
                "");
    }

    private String subtitle() {
        return "%,d frames, %,d labels of %s; the first %,d labels warm up and are not scored."
                .formatted(
                        report.frames(),
                        report.evaluation().labels(),
                        String.join(", ", report.config().target().names()),
                        report.evaluation().warmUp());
    }

    private ObjectNode data() throws IOException {
        ObjectNode data = JSON.createObjectNode();
        data.put("unit", "");
        data.put("interval", subject.interval());
        subject.modalities().forEach(data.putArray("modalities")::add);
        data.set("explanation", report.explanation());
        PrequentialMetrics total = report.evaluation().total();
        if (total.count() > 0) {
            data.putObject("errors")
                    .put("mae", total.meanAbsoluteError())
                    .put("coverage", total.coverage());
        }
        figures(data.putArray("figures"), total);
        data.putArray("alerts").addAll(newestFirst());
        table(data.putObject("table"));
        data.set("assets", assets());
        return data;
    }

    private List<JsonNode> newestFirst() {
        List<JsonNode> alerts = new ArrayList<>(report.evaluation().alerts());
        alerts.sort(
                Comparator.comparing((JsonNode alert) -> alert.path("openedAt").asText())
                        .reversed());
        return alerts;
    }

    private void figures(ArrayNode figures, PrequentialMetrics total) {
        figure(figures, total, PrequentialMetrics::meanAbsoluteError, "mean absolute error");
        figure(figures, total, PrequentialMetrics::rootMeanSquareError, "root mean squared error");
        figure(figures, total, PrequentialMetrics::rSquared, "R²");
        figures.addArray()
                .add(percent(total))
                .add("in range, %.0f %% promised".formatted(100 * subject.interval()));
        figures.addArray()
                .add("%,.0f".formatted(report.frames() / report.seconds()))
                .add("frames per second");
    }

    private static void figure(
            ArrayNode figures,
            PrequentialMetrics metrics,
            ToDoubleFunction<PrequentialMetrics> which,
            String what) {
        figures.addArray().add(EvaluationReport.text(metrics, which)).add(what);
    }

    private static String percent(PrequentialMetrics metrics) {
        return metrics.count() == 0
                ? "–"
                : "%.1f %%"
                        .formatted(
                                100
                                        * EvaluationReport.figure(
                                                metrics, PrequentialMetrics::coverage));
    }

    private void table(ObjectNode table) {
        List.of("asset", "scored", "MAE", "RMSE", "R²", "in range")
                .forEach(table.putArray("head")::add);
        ArrayNode rows = table.putArray("rows");
        report.evaluation().perAsset().entrySet().stream()
                .limit(MOST_ROWS)
                .forEach(
                        entry -> {
                            PrequentialMetrics m = entry.getValue();
                            rows.addArray()
                                    .add(entry.getKey())
                                    .add("%,d".formatted(m.count()))
                                    .add(
                                            EvaluationReport.text(
                                                    m, PrequentialMetrics::meanAbsoluteError))
                                    .add(
                                            EvaluationReport.text(
                                                    m, PrequentialMetrics::rootMeanSquareError))
                                    .add(EvaluationReport.text(m, PrequentialMetrics::rSquared))
                                    .add(percent(m));
                        });
    }

    /** Those with alerts first, then those with the largest errors. */
    private List<String> shown() {
        Set<String> alerted = new HashSet<>();
        report.evaluation().alerts().forEach(alert -> alerted.add(alert.path("asset").asText()));
        return report.evaluation().perAsset().entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                        (Map.Entry<String, PrequentialMetrics> e) ->
                                                !alerted.contains(e.getKey()))
                                .thenComparing(
                                        e ->
                                                e.getValue().count() == 0
                                                        ? 0
                                                        : -e.getValue().meanAbsoluteError())
                                .thenComparing(Map.Entry::getKey))
                .limit(MOST_ASSETS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private ArrayNode assets() throws IOException {
        List<String> shown = shown();
        OutputStore store = new OutputStore(subject, LIMITS, 0);
        predictions(store, Set.copyOf(shown));
        labels(store, Set.copyOf(shown));
        explanations(store, Set.copyOf(shown));
        report.evaluation().alerts().forEach(alert -> store.add(AlertText.of(alert)));
        ArrayNode assets = JSON.createArrayNode();
        for (String asset : shown) {
            String json = new AssetJson(store).whole(asset, 0, MOST_POINTS).orElse(null);
            if (json != null) {
                assets.add(withMetrics((ObjectNode) JSON.readTree(json), asset));
            }
        }
        return assets;
    }

    /** The page looks at the newest labels only; a report at all of them. */
    private ObjectNode withMetrics(ObjectNode asset, String name) {
        PrequentialMetrics metrics = report.evaluation().perAsset().get(name);
        asset.remove("spread");
        asset.put("recent", metrics.count());
        if (metrics.count() > 0) {
            asset.put("mae", metrics.meanAbsoluteError());
            asset.put("coverage", metrics.coverage());
        }
        return asset;
    }

    private void predictions(OutputStore store, Set<String> shown) throws IOException {
        try (SortedLines lines = new SortedLines(run.part("predictions"))) {
            List<String> starts = new ArrayList<>();
            for (String asset : shown) {
                starts.add("{\"asset\":" + JSON.writeValueAsString(asset) + ",");
            }
            List<String> kept = new ArrayList<>();
            lines.forEach(
                    line -> {
                        if (starts.stream().anyMatch(line::startsWith)) {
                            kept.add(line.substring(0, line.indexOf(REST)) + "}");
                        }
                    });
            for (String line : kept) {
                store.add(prediction(JSON.readTree(line)));
            }
        }
    }

    private static Prediction prediction(JsonNode json) {
        Prediction p = new Prediction();
        p.setAsset(json.path("asset").asText());
        p.setTime(Instant.parse(json.path("time").asText()));
        p.setPrediction(json.path("prediction").asDouble(Double.NaN));
        p.setLower(json.path("lower").asDouble(Double.NaN));
        p.setUpper(json.path("upper").asDouble(Double.NaN));
        p.setBaseline(json.path("baseline").asDouble(Double.NaN));
        p.setModelVersion(json.path("modelVersion").asLong());
        List<String> present = new ArrayList<>();
        json.path("present").forEach(name -> present.add(name.asText()));
        p.setPresent(present);
        Map<String, Double> contributions = new HashMap<>();
        json.path("contributions")
                .fields()
                .forEachRemaining(e -> contributions.put(e.getKey(), e.getValue().asDouble()));
        p.setContributions(contributions);
        p.setFurther(List.of());
        return p;
    }

    private void labels(OutputStore store, Set<String> shown) throws IOException {
        try (SortedLines lines = new SortedLines(run.part("scores"))) {
            lines.forEach(
                    line -> {
                        Score score = ScoreLines.fromText(line);
                        if (score.index() == 0 && shown.contains(score.asset())) {
                            Instant time = Instant.ofEpochMilli(score.time());
                            store.add(
                                    new Label(
                                            score.asset(), time, time, score.target(), List.of()));
                        }
                    });
        }
    }

    private void explanations(OutputStore store, Set<String> shown) throws IOException {
        try (SortedLines lines = new SortedLines(run.part("explanations"))) {
            for (String line : lines.texts()) {
                JsonNode explanation = JSON.readTree(line);
                if (shown.contains(explanation.path("asset").asText())) {
                    store.add(ExplanationText.of(explanation));
                }
            }
        }
    }

    static String escape(String text) {
        return ReportPage.escape(text);
    }
}
