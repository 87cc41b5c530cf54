package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * The meaning of the columns of a file.
 *
 * @param columns number of columns
 * @param asset index of the asset's column; −1 if the asset is a constant
 * @param time index of the time's column; −1 if the row number is used instead
 * @param targets index of every target's column
 * @param channels per modality, the index of every channel's column
 * @param header names of the columns
 */
record CsvLayout(
        int columns,
        int asset,
        int time,
        List<Integer> targets,
        List<List<Integer>> channels,
        List<String> header) {

    /**
     * @throws ConfigurationException naming every column that is missing
     */
    static CsvLayout of(PipelineConfig config, List<String> header, String file) {
        List<String> problems = new ArrayList<>();
        int asset =
                config.csv().assetColumn() == null
                        ? -1
                        : find(config.csv().assetColumn(), "csv.asset", header, file, problems);
        int time =
                config.csv().hasTime()
                        ? find(config.csv().timeColumn(), "csv.time", header, file, problems)
                        : -1;
        List<Integer> targets = new ArrayList<>();
        String key = config.target().names().size() == 1 ? "target.name" : "target.names";
        for (String target : config.target().names()) {
            targets.add(find(target, key, header, file, problems));
        }
        List<List<Integer>> channels = new ArrayList<>();
        Modalities modalities = config.modalities();
        for (Modality modality : modalities.all()) {
            List<Integer> indices = new ArrayList<>();
            for (String channel : modality.channels()) {
                String column =
                        config.csv()
                                .channels()
                                .replace("{modality}", modality.name())
                                .replace("{channel}", channel);
                indices.add(find(column, "csv.channels", header, file, problems));
            }
            channels.add(indices);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new CsvLayout(header.size(), asset, time, targets, channels, header);
    }

    private static int find(
            String column, String key, List<String> header, String file, List<String> problems) {
        int index = header.indexOf(column);
        if (index < 0) {
            problems.add(
                    "%s: %s: expected a column of that name in %s, line 1; it has %s"
                            .formatted(key, column, file, String.join(", ", header)));
        }
        return index;
    }
}
