package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.config.PipelineConfig.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The meaning of the columns of a file.
 *
 * @param header names of the columns
 * @param asset index of the asset's column; −1 if there is none
 * @param times indices of the columns of the time; none if the row number is used instead
 * @param values indices of the columns of all channels and targets, see {@link ValueNames}; only
 *     that of the value if there is one row per value
 * @param metric index of the metric's column; −1 unless there is one row per value
 * @param split index of the column {@code split}; −1 if there is none
 */
record CsvLayout(
        List<String> header,
        int asset,
        List<Integer> times,
        List<Integer> values,
        int metric,
        int split) {
    private static final String SPLIT = "split";

    /**
     * @throws ConfigurationException naming every column that is missing, or the delimiter that
     *     there seems to be
     */
    static CsvLayout of(PipelineConfig config, List<String> header, String file) {
        Search search = new Search(config, header, file);
        CsvLayout layout = search.layout();
        if (search.problems.isEmpty()) {
            return layout;
        }
        String joined = String.join(String.valueOf(config.csv().text().delimiter()), header);
        for (char other : ";\t,|".toCharArray()) {
            List<String> cells = List.of(joined.split(Pattern.quote(String.valueOf(other))));
            Search otherwise = new Search(config, cells.stream().map(Search::bare).toList(), file);
            otherwise.layout();
            if (otherwise.found > search.found) {
                throw new ConfigurationException(
                        List.of(
                                "--data: %s: this looks like %s: set csv.delimiter"
                                        .formatted(file, other == '\t' ? "tab" : other)));
            }
        }
        throw new ConfigurationException(
                search.found == 0 && search.missing.size() > 1
                        ? List.of(noColumn(search))
                        : search.problems);
    }

    /** Probably it is another file. */
    private static String noColumn(Search search) {
        return "--data: %s: expected the columns that the configuration names, %s; line %d has none of them but %s"
                .formatted(
                        search.file,
                        String.join(", ", search.missing),
                        search.line(),
                        String.join(", ", search.header));
    }

    /** Finds columns by name. */
    private static final class Search {
        private final PipelineConfig config;
        private final List<String> header;
        private final String file;
        private final List<String> problems = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private int found;

        Search(PipelineConfig config, List<String> header, String file) {
            this.config = config;
            this.header = header;
            this.file = file;
        }

        static String bare(String cell) {
            return cell.strip().replaceAll("^\"|\"$", "");
        }

        CsvLayout layout() {
            Csv csv = config.csv();
            int asset = -1;
            if (csv.asset().column() != null) {
                String hint = ", or {constant: NAME} if all rows are of one";
                asset = find(csv.asset().column(), "csv.asset", hint);
            }
            List<Integer> times =
                    csv.times().stream().map(time -> find(time, "csv.time", "")).toList();
            int metric = csv.isLong() ? find(csv.metric(), "csv.metric", "") : -1;
            List<Integer> values =
                    csv.isLong() ? List.of(find(csv.value(), "csv.value", "")) : values();
            return new CsvLayout(header, asset, times, values, metric, header.indexOf(SPLIT));
        }

        /** A column is read once: a target is not predicted from itself. */
        private void requireDistinct(ValueNames names) {
            for (int i = 0; i < names.size(); i++) {
                String column = names.columns().get(i);
                if (names.columns().indexOf(column) < i) {
                    problems.add(
                            "%s: %s: expected a column that no channel has; one has it already"
                                    .formatted(names.key(i), column));
                }
            }
        }

        private List<Integer> values() {
            ValueNames names = ValueNames.of(config);
            requireDistinct(names);
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < names.columns().size(); i++) {
                indices.add(find(names.columns().get(i), names.key(i), hint(names, i)));
            }
            return indices;
        }

        /** For a file whose columns have the plain names of the channels. */
        private String hint(ValueNames names, int i) {
            boolean isPlain = names.isChannel(i) && header.contains(names.plain(i));
            return isPlain ? "; set csv.channels: \"{channel}\"" : "";
        }

        private int line() {
            return config.csv().text().skipLines() + 1;
        }

        private int find(String column, String key, String hint) {
            int index = header.indexOf(column);
            if (index < 0) {
                missing.add(column);
                problems.add(
                        "%s: %s: expected a column of that name in %s, line %d%s; it has %s"
                                .formatted(
                                        key,
                                        column,
                                        file,
                                        line(),
                                        hint,
                                        String.join(", ", header)));
            } else {
                found++;
            }
            return index;
        }
    }
}
