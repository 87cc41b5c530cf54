package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.dashboard.Accuracy;
import io.pidstream.dashboard.AssetJson;
import io.pidstream.dashboard.Foreseen;
import io.pidstream.dashboard.Limits;
import io.pidstream.dashboard.OutputStore;
import io.pidstream.dashboard.Sentence;
import io.pidstream.dashboard.Sentences;
import io.pidstream.dashboard.Subject;
import io.pidstream.event.Score;
import io.pidstream.filerun.FileRun;
import io.pidstream.filerun.Outputs;
import io.pidstream.filerun.SortedRecords;
import io.pidstream.record.RecordJson;
import io.pidstream.stats.PrequentialMetrics;
import io.pidstream.yardstick.YardstickErrors;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
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
                "pidstream evaluate", report.config().name() + ": evaluation", subtitle(), data());
    }

    private String subtitle() {
        return "%,d frames, %,d labels of %s; the first %,d labels warm up and are not scored."
                .formatted(
                        report.frames().all(),
                        report.evaluation().labels(),
                        String.join(", ", report.config().target().names()),
                        report.evaluation().warmUp());
    }

    private ObjectNode data() throws IOException {
        ObjectNode data = JSON.createObjectNode();
        subject.modalities().forEach(data.putArray("modalities")::add);
        data.putRawValue("explanation", new RawValue(report.explanationJson()));
        PrequentialMetrics total = report.evaluation().total();
        words(data, total);
        figures(data.putArray("figures"), total);
        ArrayNode alerts = data.putArray("alerts");
        RecordJson json = report.recordJson();
        newestFirst().forEach(a -> alerts.addRawValue(new RawValue(json.alert(a))));
        table(data.putObject("table"));
        data.set("assets", assets());
        return data;
    }

    private void words(ObjectNode data, PrequentialMetrics total) {
        ArrayNode lead = data.putArray("lead");
        if (total.count() > 0) {
            YardstickErrors yardsticks = report.evaluation().totalYardsticks();
            ReportPage.add(lead, Sentences.testThenTrain(accuracy(total, yardsticks), subject));
            ReportPage.add(lead, Sentences.skill(yardsticks, subject));
        }
        Explanation explanation = report.evaluation().explanation().orElse(null);
        if (explanation == null) {
            String target = report.config().target().name();
            String reason = report.evaluation().whyNoExplanation();
            ReportPage.add(lead, Sentence.of(Sentences.undefined(target, reason)));
        } else {
            ReportPage.add(lead, Sentences.origin(explanation, subject.modalities()));
            ReportPage.add(data.putArray("advice"), Sentences.advice(explanation.getSelection()));
        }
    }

    private List<Alert> newestFirst() {
        return report.evaluation().alerts().stream()
                .sorted(Comparator.comparing(Alert::getOpenedAt).reversed())
                .toList();
    }

    private void figures(ArrayNode figures, PrequentialMetrics total) {
        figure(figures, total, PrequentialMetrics::meanAbsoluteError, "mean absolute error");
        figure(figures, total, PrequentialMetrics::rootMeanSquareError, "root mean squared error");
        figure(figures, total, PrequentialMetrics::rSquared, "R²");
        figure(
                figures,
                total,
                m -> m.intervalScore(subject.interval()),
                "interval score: width and what lies outside");
        figure(figures, total, PrequentialMetrics::expectedError, "expected mean absolute error");
        figures.addArray()
                .add(percent(total))
                .add("in range, %.0f %% promised".formatted(100 * subject.interval()));
        figures.addArray()
                .add("%,.0f".formatted(report.frames().all() / report.seconds()))
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
        List.of("asset", "scored", "MAE", "expected", "RMSE", "R²", "in range", "skill")
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
                                                    m, PrequentialMetrics::expectedError))
                                    .add(
                                            EvaluationReport.text(
                                                    m, PrequentialMetrics::rootMeanSquareError))
                                    .add(EvaluationReport.text(m, PrequentialMetrics::rSquared))
                                    .add(percent(m))
                                    .add(EvaluationReport.percent(report.skill(entry.getKey())));
                        });
    }

    /** Those with alerts first, then those with the largest errors. */
    private List<String> shown() {
        Set<String> alerted = new HashSet<>();
        report.evaluation().alerts().forEach(alert -> alerted.add(alert.getAsset()));
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
        fill(store, Set.copyOf(shown));
        AssetJson json = new AssetJson(store);
        ArrayNode assets = JSON.createArrayNode();
        for (String asset : shown) {
            json.whole(asset, MOST_POINTS, accuracy(asset))
                    .ifPresent(text -> assets.addRawValue(new RawValue(text)));
        }
        return assets;
    }

    /** Over all labels, where the live page uses the newest ones. */
    private Accuracy accuracy(String asset) {
        return accuracy(
                report.evaluation().perAsset().get(asset),
                report.evaluation().assetYardsticks().get(asset));
    }

    private static Accuracy accuracy(PrequentialMetrics metrics, YardstickErrors yardsticks) {
        return new Accuracy(
                metrics.count(),
                EvaluationReport.figure(metrics, PrequentialMetrics::meanAbsoluteError),
                EvaluationReport.figure(metrics, PrequentialMetrics::coverage),
                Double.NaN,
                foreseen(metrics),
                yardsticks);
    }

    private static Foreseen foreseen(PrequentialMetrics metrics) {
        double expected = EvaluationReport.figure(metrics, PrequentialMetrics::expectedError);
        return Double.isFinite(expected)
                ? new Foreseen(
                        metrics.count(),
                        expected,
                        EvaluationReport.figure(metrics, PrequentialMetrics::errorWhereExpected))
                : Foreseen.NONE;
    }

    private void fill(OutputStore store, Set<String> shown) throws IOException {
        Outputs outputs = run.outputs();
        try (SortedRecords<Prediction> predictions = outputs.predictions()) {
            predictions.only(shown).forEach(store::add);
        }
        try (SortedRecords<Score> scores = outputs.scores()) {
            for (Score score : scores.only(shown)) {
                if (score.index() == 0) {
                    store.add(label(score));
                }
            }
        }
        try (SortedRecords<Explanation> explanations = outputs.explanations()) {
            explanations.only(shown).forEach(store::add);
        }
        report.evaluation().alerts().forEach(store::add);
    }

    private static Label label(Score score) {
        Instant time = Instant.ofEpochMilli(score.time());
        return new Label(score.asset(), time, time, score.target(), List.of());
    }
}
