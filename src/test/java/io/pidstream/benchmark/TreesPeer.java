package io.pidstream.benchmark;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.CsvRows;
import io.pidstream.stats.PrequentialMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * What a practitioner would put in the place of pidstream: gradient boosted trees (100 trees of 31
 * leaves, rate 0.1) that read the channels, the asset's newest known target and its age, and that
 * are fitted anew on all labelled rows so far every 1,000 rows. Test then train, with labels as
 * late as asked for.
 *
 * <p>Arguments: configuration, data, rows by which labels are late, largest number of rows; a fifth
 * one, "channels", leaves out the known target.
 */
final class TreesPeer {
    private static final int REFIT = 1000;
    private static final int WARM_UP = 200;
    private static final int TREES = 100;
    private static final Map<String, Object> PARAMETERS =
            Map.of(
                    "objective", "reg:squarederror",
                    "tree_method", "hist",
                    "grow_policy", "lossguide",
                    "max_depth", 0,
                    "max_leaves", 31,
                    "eta", 0.1,
                    "min_child_weight", 20,
                    "nthread", 1,
                    "seed", 1,
                    "verbosity", 0);

    /** A row that waits for its label, with its features at its own time. */
    private record Row(String asset, float[] features, double target, int index) {}

    private final int late;
    private final boolean past;
    private final List<Row> learned = new ArrayList<>();
    private final Map<String, Row> newest = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, ArrayDeque<Row>> pending = new HashMap<>();
    private final PrequentialMetrics metrics = new PrequentialMetrics();
    private Booster booster;
    private int rows;

    private TreesPeer(int late, boolean past) {
        this.late = late;
        this.past = past;
    }

    public static void main(String[] args) throws IOException, XGBoostError {
        PipelineConfig config = ConfigFile.read(Path.of(args[0]), Map.of());
        TreesPeer peer =
                new TreesPeer(
                        Integer.parseInt(args[2]), args.length < 5 || !args[4].equals("channels"));
        int most = Integer.parseInt(args[3]);
        try (CsvData data = CsvData.read(List.of(Path.of(args[1])), config);
                CsvRows rows = data.open()) {
            while (peer.rows < most && rows.next()) {
                peer.add(rows, config);
            }
        }
        System.out.printf(
                "%s, labels %d rows late: trees MAE %.4g, RMSE %.4g on %,d rows%n",
                config.name(),
                peer.late,
                peer.metrics.meanAbsoluteError(),
                peer.metrics.rootMeanSquareError(),
                peer.metrics.count());
    }

    private void add(CsvRows rows, PipelineConfig config) throws XGBoostError {
        String asset = rows.asset();
        int index = seen.merge(asset, 1, Integer::sum);
        ArrayDeque<Row> waiting = pending.computeIfAbsent(asset, name -> new ArrayDeque<>());
        while (!waiting.isEmpty() && waiting.peek().index() + late < index) {
            Row known = waiting.remove();
            learned.add(known);
            newest.put(asset, known);
        }
        if (this.rows++ % REFIT == 0 && this.rows > 1) {
            refit();
        }
        Inbound label = rows.label();
        if (label == null || label.label() == null) {
            return;
        }
        Label of = label.label();
        Row row = new Row(asset, features(rows, config, index), of.getValue(), index);
        waiting.add(row);
        if (index > WARM_UP) {
            double prediction = predict(row);
            metrics.add(row.target(), prediction, prediction, prediction);
        }
    }

    private float[] features(CsvRows rows, PipelineConfig config, int index) {
        float[] features = new float[config.modalities().channelCount() + (past ? 2 : 0)];
        Arrays.fill(features, Float.NaN);
        int next = 0;
        for (int m = 0; m < config.modalities().count(); m++) {
            Inbound reading = rows.reading(m);
            int channels = config.modalities().all().get(m).channels().size();
            for (int c = 0; c < channels; c++, next++) {
                if (reading.reading() != null && reading.reading().getValues().get(c) != null) {
                    features[next] = reading.reading().getValues().get(c).floatValue();
                }
            }
        }
        Row known = newest.get(rows.asset());
        if (past && known != null) {
            features[next] = (float) known.target();
            features[next + 1] = index - known.index();
        }
        return features;
    }

    /** Before the first fit, the last label. */
    private double predict(Row row) throws XGBoostError {
        if (booster == null) {
            Row known = newest.get(row.asset());
            return known == null ? 0 : known.target();
        }
        DMatrix one = new DMatrix(row.features(), 1, row.features().length, Float.NaN);
        try {
            return booster.predict(one)[0][0];
        } finally {
            one.dispose();
        }
    }

    private void refit() throws XGBoostError {
        if (learned.isEmpty()) {
            return;
        }
        int width = learned.get(0).features().length;
        float[] values = new float[learned.size() * width];
        float[] targets = new float[learned.size()];
        for (int i = 0; i < targets.length; i++) {
            System.arraycopy(learned.get(i).features(), 0, values, i * width, width);
            targets[i] = (float) learned.get(i).target();
        }
        DMatrix matrix = new DMatrix(values, targets.length, width, Float.NaN);
        try {
            matrix.setLabel(targets);
            if (booster != null) {
                booster.dispose();
            }
            booster = XGBoost.train(matrix, PARAMETERS, TREES, Map.of(), null, null);
        } finally {
            matrix.dispose();
        }
    }
}
