package io.pidstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.event.Score;
import io.pidstream.learn.PrequentialMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The report of a file run: one self-contained HTML page with charts. */
final class EvaluationPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final int MOST_ASSETS = 6;
    private static final int MOST_POINTS = 1500;

    private final EvaluationReport report;
    private final FileRun run;

    EvaluationPage(EvaluationReport report, FileRun run) {
        this.report = report;
        this.run = run;
    }

    String render() throws IOException {
        String page = resource("io/pidstream/cli/report.html");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("title", escape(report.config().name() + ": evaluation"));
        parts.put("subtitle", escape(subtitle()));
        parts.put("figures", figures());
        parts.put("explanation-sentence", escape(sentence()));
        parts.put("explanation-table", explanationTable());
        parts.put("asset-table", assetTable());
        // "</" would end the script element.
        parts.put("data", data().toString().replace("<", "\\u003c"));
        parts.put("uplot-css", resource(UPLOT + "uPlot.min.css"));
        parts.put("uplot-js", resource(UPLOT + "uPlot.iife.min.js"));
        for (Map.Entry<String, String> part : parts.entrySet()) {
            page = page.replace("{{" + part.getKey() + "}}", part.getValue());
        }
        return page;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = EvaluationPage.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String subtitle() {
        return "%,d frames, %,d labels of %s; the first %,d labels warm up and are not scored. Test-then-train."
                .formatted(
                        report.frames(),
                        report.evaluation().labels(),
                        report.config().target().name(),
                        report.evaluation().warmUp());
    }

    private String figures() {
        PrequentialMetrics total = report.evaluation().total();
        return figure(
                        "mean absolute error",
                        EvaluationReport.text(total, PrequentialMetrics::meanAbsoluteError))
                + figure(
                        "root mean squared error",
                        EvaluationReport.text(total, PrequentialMetrics::rootMeanSquareError))
                + figure("R²", EvaluationReport.text(total, PrequentialMetrics::rSquared))
                + figure(
                        "%.0f %% interval covers"
                                .formatted(100 * report.config().learning().interval()),
                        "%.1f %%"
                                .formatted(
                                        100
                                                * EvaluationReport.figure(
                                                        total, PrequentialMetrics::coverage)))
                + figure(
                        "frames per second", "%,.0f".formatted(report.frames() / report.seconds()));
    }

    private static String figure(String what, String value) {
        return "<li><b>%s</b>%s</li>".formatted(escape(value), escape(what));
    }

    private String sentence() {
        JsonNode explanation = report.explanation();
        if (explanation.path("reason").isTextual()) {
            return "The decomposition is undefined: " + explanation.path("reason").asText() + ".";
        }
        return "In bits: how much each modality tells about the target, alone and together. Unique"
                + " is what only one modality knows, redundant what either of two would do for,"
                + " synergistic what is there only when they are read together. The last block, "
                + "%,.0f effective samples."
                        .formatted(explanation.path("effectiveSamples").asDouble());
    }

    private String explanationTable() {
        JsonNode explanation = report.explanation();
        if (explanation.path("reason").isTextual()) {
            return "";
        }
        StringBuilder rows =
                new StringBuilder(
                        "<table><tr><th>modalities</th><th>bits</th><th>± s.e.</th></tr>");
        explanation
                .path("information")
                .fields()
                .forEachRemaining(
                        entry ->
                                rows.append(
                                        "<tr><td>%s</td><td>%.3f</td><td>%.3f</td></tr>"
                                                .formatted(
                                                        escape(entry.getKey()),
                                                        entry.getValue().asDouble(),
                                                        explanation
                                                                .path("standardError")
                                                                .path(entry.getKey())
                                                                .asDouble())));
        JsonNode atoms = explanation.path("atoms");
        atoms.path("unique")
                .fields()
                .forEachRemaining(e -> rows.append(atom("unique to " + e.getKey(), e.getValue())));
        if (atoms.path("redundant").isNumber()) {
            rows.append(atom("redundant", atoms.path("redundant")));
            rows.append(atom("synergistic", atoms.path("synergistic")));
        }
        return rows.append("</table>").toString();
    }

    private static String atom(String name, JsonNode bits) {
        return "<tr><td>%s</td><td>%.3f</td><td></td></tr>"
                .formatted(escape(name), bits.asDouble());
    }

    private String assetTable() {
        StringBuilder rows =
                new StringBuilder(
                        "<table><tr><th>asset</th><th>scored</th><th>MAE</th><th>RMSE</th><th>R²</th><th>covered</th></tr>");
        report.evaluation()
                .perAsset()
                .forEach(
                        (asset, m) ->
                                rows.append(
                                        "<tr><td>%s</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td><td>%.1f %%</td></tr>"
                                                .formatted(
                                                        escape(asset),
                                                        m.count(),
                                                        EvaluationReport.text(
                                                                m,
                                                                PrequentialMetrics
                                                                        ::meanAbsoluteError),
                                                        EvaluationReport.text(
                                                                m,
                                                                PrequentialMetrics
                                                                        ::rootMeanSquareError),
                                                        EvaluationReport.text(
                                                                m, PrequentialMetrics::rSquared),
                                                        100
                                                                * EvaluationReport.figure(
                                                                        m,
                                                                        PrequentialMetrics
                                                                                ::coverage))));
        return rows.append("</table>").toString();
    }

    private ObjectNode data() throws IOException {
        ObjectNode data = JSON.createObjectNode();
        data.set("information", information());
        data.set("assets", assets());
        return data;
    }

    /** Shapley shares of the shown asset over time, in bits; they add up to all that is known. */
    private ObjectNode information() throws IOException {
        String shown = report.explanation().path("asset").asText();
        List<JsonNode> blocks = new ArrayList<>();
        try (SortedLines lines = new SortedLines(run.part("explanations"))) {
            for (String line : lines.texts()) {
                JsonNode block = JSON.readTree(line);
                if (block.path("asset").asText().equals(shown)
                        && !block.path("shapley").isEmpty()) {
                    blocks.add(block);
                }
            }
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("title", "Bits that each modality contributes (Shapley), block by block");
        ArrayNode times = json.putArray("times");
        ArrayNode names = json.putArray("names");
        ArrayNode values = json.putArray("values");
        blocks.forEach(block -> times.add(seconds(block.path("time").asText())));
        if (!blocks.isEmpty()) {
            blocks.get(0)
                    .path("shapley")
                    .fieldNames()
                    .forEachRemaining(
                            name -> {
                                names.add(name);
                                ArrayNode series = values.addArray();
                                blocks.forEach(
                                        b -> series.add(b.path("shapley").path(name).asDouble()));
                            });
        }
        return json;
    }

    private static long seconds(String time) {
        return Instant.parse(time).getEpochSecond();
    }

    private ArrayNode assets() throws IOException {
        Map<String, List<Score>> byAsset = new TreeMap<>();
        try (SortedLines lines = new SortedLines(run.part("scores"))) {
            lines.forEach(
                    line -> {
                        Score score = ScoreLines.fromText(line);
                        boolean shown =
                                byAsset.containsKey(score.asset()) || byAsset.size() < MOST_ASSETS;
                        if (shown && score.index() == 0 && !Double.isNaN(score.prediction())) {
                            byAsset.computeIfAbsent(score.asset(), a -> new ArrayList<>())
                                    .add(score);
                        }
                    });
        }
        ArrayNode assets = JSON.createArrayNode();
        byAsset.forEach((asset, scores) -> assets.add(thinned(asset, scores)));
        return assets;
    }

    private static ObjectNode thinned(String asset, List<Score> scores) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", asset);
        ArrayNode times = json.putArray("times");
        ArrayNode truth = json.putArray("truth");
        ArrayNode prediction = json.putArray("prediction");
        ArrayNode lower = json.putArray("lower");
        ArrayNode upper = json.putArray("upper");
        int step = Math.max(1, (scores.size() + MOST_POINTS - 1) / MOST_POINTS);
        for (int i = 0; i < scores.size(); i += step) {
            List<Score> some = scores.subList(i, Math.min(scores.size(), i + step));
            times.add(some.get(0).time() / 1000);
            truth.add(some.stream().mapToDouble(Score::target).average().orElseThrow());
            prediction.add(some.stream().mapToDouble(Score::prediction).average().orElseThrow());
            lower.add(some.stream().mapToDouble(Score::lower).average().orElseThrow());
            upper.add(some.stream().mapToDouble(Score::upper).average().orElseThrow());
        }
        return json;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
