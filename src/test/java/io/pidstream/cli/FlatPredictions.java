package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares {@code predictions.csv} with {@code predictions.jsonl} and with the labels. */
final class FlatPredictions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FlatPredictions() {}

    /**
     * @param output of an evaluation
     * @param targets in the order of the configuration
     * @param labels by asset, time and target, each with a blank between them
     * @return the rows
     */
    static List<NamedCsvRecord> check(Path output, List<String> targets, Map<String, Double> labels)
            throws IOException {
        List<NamedCsvRecord> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(output.resolve("predictions.csv"))) {
            csv.forEach(rows::add);
        }
        List<String> lines = Files.readAllLines(output.resolve("predictions.jsonl"));
        assertThat(rows).hasSize(lines.size() * targets.size());
        for (int i = 0; i < rows.size(); i++) {
            JsonNode prediction = JSON.readTree(lines.get(i / targets.size()));
            String target = targets.get(i % targets.size());
            JsonNode cells =
                    i % targets.size() == 0 ? prediction : prediction.path("further").path(target);
            NamedCsvRecord row = rows.get(i);
            assertThat(row.getField("target")).isEqualTo(target);
            checkFrame(row, prediction);
            checkTarget(row, cells);
            String frame = row.getField("asset") + " " + row.getField("time") + " " + target;
            assertThat(number(row, "label")).as(frame).isEqualTo(labels.get(frame));
        }
        return rows;
    }

    private static void checkFrame(NamedCsvRecord row, JsonNode prediction) {
        assertThat(row.getField("asset")).isEqualTo(prediction.path("asset").asText());
        assertThat(row.getField("time")).isEqualTo(prediction.path("time").asText());
        assertThat(row.getField("model_version"))
                .isEqualTo(prediction.path("modelVersion").asText());
        assertThat(row.getField("present"))
                .isEqualTo(
                        StreamSupport.stream(prediction.path("present").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining("+")));
        assertThat(row.getField("explanation_status"))
                .isEqualTo(prediction.path("explanation").path("status").asText());
    }

    private static void checkTarget(NamedCsvRecord row, JsonNode cells) {
        Map<String, Double> expected = new LinkedHashMap<>();
        for (String name : List.of("prediction", "lower", "upper", "baseline")) {
            expected.put(name, number(cells.path(name)));
        }
        expected.put("expected_error", number(cells.path("expectedError")));
        for (JsonNode interval : cells.path("intervals")) {
            long percent = Math.round(100 * interval.path("level").asDouble());
            expected.put("lower_" + percent, number(interval.path("lower")));
            expected.put("upper_" + percent, number(interval.path("upper")));
        }
        cells.path("contributions")
                .properties()
                .forEach(e -> expected.put("contribution_" + e.getKey(), number(e.getValue())));
        Map<String, Double> found = new LinkedHashMap<>();
        for (String name : row.getFieldsAsMap().keySet()) {
            if (name.matches("prediction|baseline|expected_error|(lower|upper|contribution).*")) {
                found.put(name, number(row, name));
            }
        }
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Double number(NamedCsvRecord row, String name) {
        String cell = row.getField(name);
        return cell.isEmpty() ? null : (Double) Double.parseDouble(cell);
    }

    private static Double number(JsonNode node) {
        return node.isNumber() ? (Double) node.doubleValue() : null;
    }
}
