package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Fleet;
import io.pidstream.filerun.Evaluation;
import io.pidstream.filerun.FrameCounts;
import io.pidstream.pipeline.TrainingChoice;
import io.pidstream.record.ModalityOrder;
import io.pidstream.record.RecordJson;
import io.pidstream.stats.PrequentialMetrics;
import io.pidstream.yardstick.Skill;
import io.pidstream.yardstick.Yardstick;
import io.pidstream.yardstick.YardstickErrors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The result of a file run, as text and as JSON.
 *
 * @param training whether encoders were trained, and why
 * @param frames frames seen
 * @param seconds wall clock, start-up included
 */
public record EvaluationReport(
        PipelineConfig config,
        Evaluation evaluation,
        TrainingChoice training,
        FrameCounts frames,
        double seconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One JSON object in one line. */
    public String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", config.name());
        json.put("assets", evaluation.perAsset().size());
        json.put("frames", frames.all());
        json.put("labels", evaluation.labels());
        json.put("scored", evaluation.total().count());
        json.put("incompleteFrames", frames.incomplete());
        json.put("framesNotRunning", frames.notRunning());
        put(json, evaluation.total());
        interval(json, evaluation.total());
        yardsticks(json, evaluation.totalYardsticks());
        if (evaluation.perTarget().size() > 1) {
            ObjectNode targets = json.putObject("targets");
            evaluation
                    .perTarget()
                    .forEach(
                            (target, metrics) -> {
                                ObjectNode ofTarget = targets.putObject(target);
                                put(ofTarget, metrics);
                                interval(ofTarget, metrics);
                                yardsticks(ofTarget, evaluation.yardsticks().get(target));
                            });
        }
        json.putRawValue("explanation", new RawValue(explanationJson()));
        ObjectNode perAsset = json.putObject("perAsset");
        for (Map.Entry<String, PrequentialMetrics> entry : evaluation.perAsset().entrySet()) {
            ObjectNode asset = perAsset.putObject(entry.getKey());
            put(asset, entry.getValue());
            number(asset, "coverage", figure(entry.getValue(), PrequentialMetrics::coverage));
            asset.put("scored", entry.getValue().count());
            yardsticks(asset, evaluation.assetYardsticks().get(entry.getKey()));
        }
        ArrayNode alerts = json.putArray("alerts");
        RecordJson records = recordJson();
        evaluation.alerts().forEach(a -> alerts.addRawValue(new RawValue(records.alert(a))));
        json.put("deadLetters", evaluation.deadLetters().count());
        json.put("late", evaluation.late());
        json.put("modelVersions", evaluation.versionsMade());
        json.putObject("training")
                .put("trained", training.trains())
                .put("versions", evaluation.versionsMade())
                .put("reason", training.reason());
        if (!evaluation.versions().isEmpty()) {
            ArrayNode versions = json.putArray("versions");
            evaluation
                    .versions()
                    .forEach(v -> versions.addRawValue(new RawValue(records.modelVersion(v))));
        }
        json.put("seconds", Math.round(seconds * 10) / 10.0);
        json.put("framesPerSecond", Math.round(frames.all() / seconds * 10) / 10.0);
        return json.toString();
    }

    private void interval(ObjectNode json, PrequentialMetrics metrics) {
        ObjectNode interval = json.putObject("interval");
        level(interval, config.learning().interval(), metrics);
        List<Double> levels = config.learning().intervals();
        if (levels.size() > 1) {
            ArrayNode all = json.putArray("intervals");
            for (int l = 0; l < levels.size(); l++) {
                level(all.addObject(), levels.get(l), ofLevel(metrics, l));
            }
        }
        ObjectNode expected = json.putObject("expectedError");
        number(expected, "expected", figure(metrics, PrequentialMetrics::expectedError));
        number(expected, "cameOut", figure(metrics, PrequentialMetrics::errorWhereExpected));
    }

    private static void level(ObjectNode json, double level, PrequentialMetrics metrics) {
        json.put("nominal", level);
        number(json, "coverage", figure(metrics, PrequentialMetrics::coverage));
        number(json, "meanWidth", figure(metrics, PrequentialMetrics::meanWidth));
        number(json, "score", figure(metrics, m -> m.intervalScore(level)));
    }

    /** The metrics of a level, which are the whole for the highest. */
    private static PrequentialMetrics ofLevel(PrequentialMetrics metrics, int level) {
        List<PrequentialMetrics> narrower = metrics.narrower();
        return level < narrower.size() ? narrower.get(level) : metrics;
    }

    private static void yardsticks(ObjectNode json, YardstickErrors errors) {
        ObjectNode all = json.putObject("yardsticks");
        for (Yardstick yardstick : Yardstick.values()) {
            ObjectNode of = all.putObject(yardstick.jsonKey());
            number(of, "mae", errors.meanAbsoluteError(yardstick));
            number(of, "rmse", errors.rootMeanSquareError(yardstick));
        }
        errors.skill()
                .ifPresent(
                        skill -> {
                            ObjectNode of = json.putObject("skill");
                            of.put("against", skill.against().jsonKey());
                            number(of, "percent", 100 * skill.share());
                            number(of, "bits", skill.bits());
                        });
    }

    private static void put(ObjectNode json, PrequentialMetrics metrics) {
        number(json, "mae", figure(metrics, PrequentialMetrics::meanAbsoluteError));
        number(json, "rmse", figure(metrics, PrequentialMetrics::rootMeanSquareError));
        number(json, "r2", figure(metrics, PrequentialMetrics::rSquared));
    }

    /** A figure that is not defined, such as the R² of a target that never moves, is null. */
    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    /** Two lines: what was read, and how well predictions of the first target do. */
    public String brief() {
        PrequentialMetrics total = evaluation.total();
        YardstickErrors yardsticks = evaluation.totalYardsticks();
        String counts =
                "first rows: %,d frames of %,d asset%s, %,d labels, %,d dead letters, %,d late readings%n"
                        .formatted(
                                frames.all(),
                                evaluation.perAsset().size(),
                                evaluation.perAsset().size() == 1 ? "" : "s",
                                evaluation.labels(),
                                evaluation.deadLetters().count(),
                                evaluation.late());
        if (total.count() == 0) {
            return counts + "  no label was scored: all warmed up, or none came";
        }
        return counts
                + "  MAE %s; %s (last label), %s (running mean), %s (linear model). %s"
                        .formatted(
                                text(total, PrequentialMetrics::meanAbsoluteError),
                                text(yardsticks.meanAbsoluteError(Yardstick.LAST_LABEL)),
                                text(yardsticks.meanAbsoluteError(Yardstick.RUNNING_MEAN)),
                                text(yardsticks.meanAbsoluteError(Yardstick.LINEAR)),
                                yardsticks.skill().map(Skill::sentence).orElse(""));
    }

    /** Text for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        PrequentialMetrics total = evaluation.total();
        text.append(
                "%s: %,d frames of %,d asset%s, %,d labels; %,d scored, the first %,d warm up%n%n"
                        .formatted(
                                config.name(),
                                frames.all(),
                                evaluation.perAsset().size(),
                                evaluation.perAsset().size() == 1 ? "" : "s",
                                evaluation.labels(),
                                total.count(),
                                Math.min(evaluation.warmUp(), evaluation.labels())));
        evaluation.perTarget().forEach((target, metrics) -> errors(text, target, metrics));
        text.append(explanationText());
        text.append(AlertLines.of(evaluation.alerts()));
        versions(text);
        assets(text);
        text.append("%n  %s".formatted(training.text()));
        text.append(
                "%n  incomplete frames %,d, dead letters %,d, late readings %,d; %.1f s, %,.0f frames/s"
                        .formatted(
                                frames.incomplete(),
                                evaluation.deadLetters().count(),
                                evaluation.late(),
                                seconds,
                                frames.all() / seconds));
        if (config.learning().when() != null) {
            text.append(
                    "%n  not running (learning.when) in %,d of the frames: nothing was learned or scored there"
                            .formatted(frames.notRunning()));
        }
        return text.toString();
    }

    /** The audit trail of the versions that were made. */
    private void versions(StringBuilder text) {
        if (!evaluation.versions().isEmpty()) {
            text.append("%n  model versions%n".formatted());
        }
        for (ModelVersion version : evaluation.versions()) {
            text.append(
                    "    %s  %d %-9s  %s%n"
                            .formatted(
                                    version.getEffectiveFrom(),
                                    version.getVersion(),
                                    version.getState(),
                                    version.getReason()));
        }
    }

    private void errors(StringBuilder text, String target, PrequentialMetrics metrics) {
        if (evaluation.perTarget().size() > 1) {
            text.append("  %s%n".formatted(target));
        }
        text.append(
                "  error      MAE %s   RMSE %s   R² %s%n"
                        .formatted(
                                text(metrics, PrequentialMetrics::meanAbsoluteError),
                                text(metrics, PrequentialMetrics::rootMeanSquareError),
                                text(metrics, PrequentialMetrics::rSquared)));
        YardstickErrors yardsticks = evaluation.yardsticks().get(target);
        text.append(
                "  yardsticks MAE %s (last label)   %s (running mean)   %s (linear model)%n"
                        .formatted(
                                text(yardsticks.meanAbsoluteError(Yardstick.LAST_LABEL)),
                                text(yardsticks.meanAbsoluteError(Yardstick.RUNNING_MEAN)),
                                text(yardsticks.meanAbsoluteError(Yardstick.LINEAR))));
        yardsticks.skill().ifPresent(s -> text.append("  %s%n".formatted(s.sentence())));
        List<Double> levels = config.learning().intervals();
        for (int l = 0; l < levels.size(); l++) {
            double level = levels.get(l);
            PrequentialMetrics ofLevel = ofLevel(metrics, l);
            text.append(
                    "  interval   %.0f %% nominal, %s covered, mean width %s, score %s%n"
                            .formatted(
                                    100 * level,
                                    percent(figure(ofLevel, PrequentialMetrics::coverage)),
                                    text(ofLevel, PrequentialMetrics::meanWidth),
                                    text(ofLevel, m -> m.intervalScore(level))));
        }
        text.append(
                "  expected   error %s, came out %s%n%n"
                        .formatted(
                                text(metrics, PrequentialMetrics::expectedError),
                                text(metrics, PrequentialMetrics::errorWhereExpected)));
    }

    /** The share of error saved, with its sign; a dash where it is not known. */
    static String percent(Optional<Skill> skill) {
        return skill.map(Skill::share)
                .filter(Double::isFinite)
                .map(share -> String.format(Locale.ROOT, "%+.1f%%", 100 * share))
                .orElse("–");
    }

    private void assets(StringBuilder text) {
        if (evaluation.perAsset().size() < 2) {
            return;
        }
        text.append(
                "%n  %-24s %8s %10s %10s %8s %9s %9s%n"
                        .formatted("asset", "scored", "MAE", "RMSE", "R²", "covered", "skill"));
        evaluation.perAsset().entrySet().stream()
                .limit(20)
                .forEach(
                        entry -> {
                            PrequentialMetrics m = entry.getValue();
                            text.append(
                                    "  %-24s %,8d %10s %10s %8s %8.1f%% %9s%n"
                                            .formatted(
                                                    entry.getKey(),
                                                    m.count(),
                                                    text(m, PrequentialMetrics::meanAbsoluteError),
                                                    text(
                                                            m,
                                                            PrequentialMetrics
                                                                    ::rootMeanSquareError),
                                                    text(m, PrequentialMetrics::rSquared),
                                                    100 * figure(m, PrequentialMetrics::coverage),
                                                    percent(skill(entry.getKey()))));
                        });
        if (evaluation.perAsset().size() > 20) {
            text.append(
                    "  … and %d more; --json has all%n"
                            .formatted(evaluation.perAsset().size() - 20));
        }
    }

    /** What the predictions of an asset save. */
    Optional<Skill> skill(String asset) {
        return evaluation.assetYardsticks().get(asset).skill();
    }

    /** A figure; NaN where nothing has been scored. */
    static double figure(PrequentialMetrics metrics, ToDoubleFunction<PrequentialMetrics> which) {
        return metrics.count() == 0 ? Double.NaN : which.applyAsDouble(metrics);
    }

    public static String text(
            PrequentialMetrics metrics, ToDoubleFunction<PrequentialMetrics> which) {
        return text(figure(metrics, which));
    }

    private static String text(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "–";
    }

    private String explanationText() {
        String target = config.target().name();
        return evaluation
                .explanation()
                .map(
                        e ->
                                ExplanationText.of(
                                        e, target, new ModalityOrder(config.modalities().names())))
                .orElseGet(() -> ExplanationText.undefined(target, evaluation.whyNoExplanation()));
    }

    /** The explanation; if there is none, an object that says why. */
    String explanationJson() {
        return evaluation
                .explanation()
                .map(recordJson()::explanation)
                .orElseGet(this::noExplanation);
    }

    private String noExplanation() {
        return JSON.createObjectNode()
                .put("asset", Fleet.NAME)
                .put("status", ExplanationStatus.UNDEFINED.name())
                .put("reason", evaluation.whyNoExplanation())
                .toString();
    }

    /** Writes records with the keys of their maps in the order of the configuration. */
    public RecordJson recordJson() {
        return RecordJson.ofChannels(config.predictors());
    }
}
