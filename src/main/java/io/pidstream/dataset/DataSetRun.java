package io.pidstream.dataset;

import io.pidstream.admit.Refusals;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.event.Fleet;
import io.pidstream.stats.RankScores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;

/**
 * Decomposes a data set: reads its rows once for the ranks of the targets, and once more for the
 * moments of [normal scores of the targets, channels]. Only the targets are kept in memory.
 */
public final class DataSetRun {
    /**
     * A block is at most this share of the rows, so that there are enough blocks to estimate
     * dependence.
     */
    private static final int BLOCKS = 20;

    private static final int SHORTEST_BLOCK = 10;

    private final PipelineConfig config;
    private final CsvData data;
    private final DataVariables variables;
    private final PidSettings settings;

    private final Group all;

    /** Per asset, if requested. */
    private final Map<String, Group> groups = new TreeMap<>();

    private final Set<String> assets = new HashSet<>();

    public DataSetRun(PipelineConfig config, CsvData data, PidSettings settings) {
        this.config = config;
        this.data = data;
        this.variables = DataVariables.of(config);
        this.settings = settings;
        this.all = newGroup();
    }

    /** Rows that are decomposed together. */
    private static final class Group {
        private final List<DoubleStream.Builder> targets = new ArrayList<>();
        private final List<RankScores> scores = new ArrayList<>();
        private long rows;
        private DataSample sample;
    }

    /**
     * @param progress gets the number of rows read; each row is read twice
     */
    public DataSet execute(LongConsumer progress) throws IOException {
        RowCounts counts;
        Refusals problems;
        try (DataRows rows = new DataRows(data, config)) {
            while (rows.next()) {
                assets.add(rows.asset());
                rank(all, rows);
                if (settings.perAsset()) {
                    rank(groups.computeIfAbsent(rows.asset(), asset -> newGroup()), rows);
                }
                progress.accept(rows.read());
            }
            counts = rows.counts();
            problems = rows.problems();
        }
        freeze(all, assets.size());
        groups.values().forEach(group -> freeze(group, 1));
        try (DataRows rows = new DataRows(data, config)) {
            while (rows.next()) {
                add(all, rows);
                if (settings.perAsset()) {
                    add(groups.get(rows.asset()), rows);
                }
                progress.accept(counts.rows() + rows.read());
            }
        }
        List<DataDecomposition> results = new ArrayList<>();
        results.add(decompose(Fleet.NAME, all));
        groups.forEach((asset, group) -> results.add(decompose(asset, group)));
        return new DataSet(
                config.name(), data.name(), variables, assets.size(), counts, problems, results);
    }

    private Group newGroup() {
        Group group = new Group();
        for (int t = 0; t < variables.targets().size(); t++) {
            group.targets.add(DoubleStream.builder());
        }
        return group;
    }

    private static void rank(Group group, DataRows rows) {
        group.rows++;
        for (int t = 0; t < group.targets.size(); t++) {
            group.targets.get(t).add(rows.targets()[t]);
        }
    }

    private void freeze(Group group, int assets) {
        if (group.rows > 0) {
            group.targets.forEach(
                    values -> group.scores.add(RankScores.of(values.build().toArray())));
            group.targets.clear();
        }
        long together = settings.dependence() == RowDependence.TIME ? Math.max(1, assets) : 1;
        long block = settings.block();
        if (block == 0) {
            long most = Math.max(SHORTEST_BLOCK, group.rows / BLOCKS / together);
            block = Math.min(config.learning().block(), most);
        }
        group.sample =
                new DataSample(
                        variables.targets().size(),
                        variables.dimension(),
                        settings.dependence(),
                        block * together);
    }

    private void add(Group group, DataRows rows) {
        int targets = variables.targets().size();
        double[] row = new double[variables.dimension()];
        for (int t = 0; t < targets; t++) {
            row[t] = group.scores.get(t).of(rows.targets()[t]);
        }
        System.arraycopy(rows.channels(), 0, row, targets, rows.channels().length);
        group.sample.add(rows.asset(), row, rows.time());
    }

    private DataDecomposition decompose(String name, Group group) {
        group.sample.end();
        return DataDecomposition.of(name, group.sample, variables, settings);
    }
}
