package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.config.PipelineConfig;
import io.pidstream.dataset.TrainingData;
import io.pidstream.event.Fleet;
import io.pidstream.pid.Decomposition;
import io.pidstream.stats.PrequentialMetrics;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.LatentDecomposition;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The result of a training, as text and as JSON.
 *
 * @param secondsPerEpoch wall clock
 * @param parts errors of the first target in train, validation and test, in its unit
 * @param otherTargets errors of the other targets in test, by name
 * @param decomposition of the latents of the rows that were held out
 */
public record TrainingReport(
        PipelineConfig config,
        TrainedModel model,
        double secondsPerEpoch,
        Map<String, PrequentialMetrics> parts,
        Map<String, PrequentialMetrics> otherTargets,
        Decomposition decomposition) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static TrainingReport of(
            PipelineConfig config, TrainedModel model, TrainingData data, double seconds) {
        try (VersionEncoder encoder =
                VersionKinds.of(model.artefact())
                        .encoder(model.artefact(), config.encoder().device())) {
            Map<String, PrequentialMetrics> parts = new LinkedHashMap<>();
            parts.put("train", errors(encoder, data.training(), 0));
            parts.put("validation", errors(encoder, data.validation(), 0));
            parts.put("test", errors(encoder, data.test(), 0));
            Map<String, PrequentialMetrics> others = new LinkedHashMap<>();
            List<String> targets = config.target().names();
            for (int t = 1; t < targets.size(); t++) {
                others.put(targets.get(t), errors(encoder, data.test(), t));
            }
            return new TrainingReport(
                    config,
                    model,
                    seconds / model.history().size(),
                    parts,
                    others,
                    LatentDecomposition.of(encoder, data.heldOut(), config.pid().definition()));
        }
    }

    private static PrequentialMetrics errors(
            VersionEncoder encoder, TrainingSamples samples, int target) {
        EncodedBatch encoded = encoder.encode(samples);
        PrequentialMetrics metrics = new PrequentialMetrics();
        for (int i = 0; i < samples.size(); i++) {
            double prediction = encoded.prediction(i, target);
            metrics.add(samples.targets(i)[target], prediction, prediction, prediction);
        }
        return metrics;
    }

    /** Figures that are stored with the version. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>(model.artefact().manifest().metrics());
        parts.forEach((part, errors) -> metrics.put(part + "Rmse", errors.rootMeanSquareError()));
        return metrics;
    }

    /** One JSON object in one line. */
    public String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("epochs", model.history().size());
        json.put("secondsPerEpoch", secondsPerEpoch);
        parts.forEach((part, errors) -> put(json.putObject(part), errors));
        explanation(json.putObject("explanation"));
        return json.toString();
    }

    private static void put(ObjectNode json, PrequentialMetrics errors) {
        number(json, "rmse", errors.rootMeanSquareError());
        number(json, "mae", errors.meanAbsoluteError());
        number(json, "r2", errors.rSquared());
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    /** Writes the decomposition with the names of an explanation. */
    void explanation(ObjectNode json) {
        json.put("asset", Fleet.NAME);
        json.put("definition", decomposition.definition().text());
        json.put("unit", "bit");
        json.put("effectiveSamples", decomposition.effectiveSamples());
        numbers(json, "information", decomposition.information().asMap());
        numbers(json, "standardError", decomposition.standardError().asMap());
        numbers(json, "conditional", decomposition.conditional());
        numbers(json, "shapley", decomposition.shapley());
        ObjectNode atoms = json.putObject("atoms");
        numbers(atoms, "unique", decomposition.unique());
        decomposition.redundant().ifPresent(bits -> atoms.put("redundant", bits));
        decomposition.synergistic().ifPresent(bits -> atoms.put("synergistic", bits));
        json.put("status", decomposition.status().name());
        if (!decomposition.isDefined()) {
            json.put("reason", decomposition.reason());
        }
        decomposition.notes().forEach(json.putArray("notes")::add);
    }

    private static void numbers(ObjectNode json, String name, Map<String, Double> values) {
        ObjectNode numbers = json.putObject(name);
        values.forEach(numbers::put);
    }

    /** Text for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %d epochs, the best was number %d; %.2f s each%n%n"
                        .formatted(
                                config.name(),
                                model.history().size(),
                                model.bestEpoch(),
                                secondsPerEpoch));
        text.append("  %-12s %8s %10s %10s %8s%n".formatted("", "rows", "RMSE", "MAE", "R²"));
        parts.forEach((part, errors) -> row(text, part, errors));
        otherTargets.forEach((target, errors) -> row(text, "test " + target, errors));
        text.append(System.lineSeparator());
        if (!decomposition.isDefined()) {
            return text.append("  decomposition undefined: ")
                    .append(decomposition.reason())
                    .toString();
        }
        text.append(
                "  what the latents know about %s, bits, in the rows held out:%n"
                        .formatted(config.target().name()));
        decomposition.information().asMap().forEach((subset, bits) -> bits(text, subset, bits));
        decomposition
                .unique()
                .forEach((modality, bits) -> bits(text, "unique to " + modality, bits));
        decomposition.redundant().ifPresent(bits -> bits(text, "redundant", bits));
        decomposition.synergistic().ifPresent(bits -> bits(text, "synergistic", bits));
        return text.toString().stripTrailing();
    }

    private static void row(StringBuilder text, String part, PrequentialMetrics errors) {
        text.append(
                "  %-12s %,8d %10s %10s %8s%n"
                        .formatted(
                                part,
                                errors.count(),
                                figure(errors, PrequentialMetrics::rootMeanSquareError),
                                figure(errors, PrequentialMetrics::meanAbsoluteError),
                                figure(errors, PrequentialMetrics::rSquared)));
    }

    static String figure(PrequentialMetrics errors, ToDoubleFunction<PrequentialMetrics> which) {
        double value = which.applyAsDouble(errors);
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
    }

    private static void bits(StringBuilder text, String name, double bits) {
        text.append(String.format(Locale.ROOT, "    %-40s %.3f%n", name, bits));
    }
}
