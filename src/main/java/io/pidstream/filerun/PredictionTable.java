package io.pidstream.filerun;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Predictions as a flat table in CSV (RFC 4180): one row per frame and target, in the order of
 * {@code predictions.jsonl} and of the configured targets. A cell without a value is empty.
 *
 * <p>Columns follow from the configuration alone, so tables of one configuration can be appended.
 */
final class PredictionTable {
    private final List<String> targets;
    private final List<String> modalities;
    private final List<Double> levels;

    /** What a row has of one target. */
    private record Cells(
            double prediction,
            double lower,
            double upper,
            List<PredictionInterval> intervals,
            Double expectedError,
            double baseline,
            Map<String, Double> contributions) {
        static Cells of(Prediction p) {
            return new Cells(
                    p.getPrediction(),
                    p.getLower(),
                    p.getUpper(),
                    p.getIntervals(),
                    p.getExpectedError(),
                    p.getBaseline(),
                    p.getContributions());
        }

        static Cells of(TargetPrediction p) {
            return new Cells(
                    p.getPrediction(),
                    p.getLower(),
                    p.getUpper(),
                    p.getIntervals(),
                    p.getExpectedError(),
                    p.getBaseline(),
                    p.getContributions());
        }
    }

    PredictionTable(PipelineConfig config) {
        targets = config.target().names();
        modalities = config.predictors().stream().map(Modality::name).toList();
        List<Double> all = config.learning().intervals();
        // One level is in the columns "lower" and "upper" already.
        levels = all.size() == 1 ? List.of() : all;
    }

    List<String> header() {
        List<String> names =
                new ArrayList<>(
                        List.of(
                                "time",
                                "asset",
                                "target",
                                "label",
                                "prediction",
                                "lower",
                                "upper"));
        for (double level : levels) {
            String percent = percent(level);
            names.add("lower_" + percent);
            names.add("upper_" + percent);
        }
        names.addAll(List.of("expected_error", "baseline"));
        modalities.forEach(name -> names.add("contribution_" + name));
        names.addAll(List.of("present", "explanation_status", "model_version", "status"));
        return names;
    }

    private static String percent(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    /** Writes the table of a run's predictions. */
    void write(Outputs outputs, Path file) throws IOException {
        try (SortedRecords<Prediction> predictions = outputs.predictions();
                LabelsOfFrames labels = new LabelsOfFrames(outputs.scores());
                CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(file)) {
            csv.writeRecord(header());
            for (Prediction prediction : predictions) {
                Map<Integer, Double> known =
                        labels.of(prediction.getTime().toEpochMilli(), prediction.getAsset());
                csv.writeRecord(row(prediction, 0, Cells.of(prediction), known));
                int target = 1;
                for (TargetPrediction further : prediction.getFurther()) {
                    csv.writeRecord(row(prediction, target++, Cells.of(further), known));
                }
            }
        }
    }

    private List<String> row(Prediction p, int target, Cells cells, Map<Integer, Double> known) {
        List<String> row = new ArrayList<>();
        row.add(p.getTime().toString());
        row.add(p.getAsset());
        row.add(targets.get(target));
        row.add(number(known.get(target)));
        row.add(number(cells.prediction()));
        row.add(number(cells.lower()));
        row.add(number(cells.upper()));
        for (double level : levels) {
            PredictionInterval interval = interval(cells, level);
            row.add(number(interval == null ? null : interval.getLower()));
            row.add(number(interval == null ? null : interval.getUpper()));
        }
        row.add(number(cells.expectedError()));
        row.add(number(cells.baseline()));
        modalities.forEach(name -> row.add(number(cells.contributions().get(name))));
        row.add(String.join("+", p.getPresent()));
        Explanation explanation = p.getExplanation();
        row.add(explanation.getStatus().name());
        row.add(Long.toString(p.getModelVersion()));
        row.add(p.getStatus().name());
        return row;
    }

    private static PredictionInterval interval(Cells cells, double level) {
        for (PredictionInterval interval : cells.intervals()) {
            if (interval.getLevel() == level) {
                return interval;
            }
        }
        return null;
    }

    private static String number(Double value) {
        return value == null || !Double.isFinite(value) ? "" : value.toString();
    }
}
