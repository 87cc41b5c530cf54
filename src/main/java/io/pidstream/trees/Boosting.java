package io.pidstream.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.XGBoostJNI;

/** Grows trees with XGBoost, on one thread. The only class that knows the library's interface. */
final class Boosting {
    /** As in the usual libraries: a leaf has at least this many rows. */
    private static final int ROWS_OF_A_LEAF = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrainingSettings settings;
    private final long seed;
    private final int leaves;
    private final BoostingDevice device;

    Boosting(TrainingSettings settings, long seed, int leaves, BoostingDevice device) {
        this.settings = settings;
        this.seed = seed;
        this.leaves = leaves;
        this.device = device;
    }

    /**
     * Grows trees.
     *
     * @param rows features of every row; NaN if unknown
     * @param targets one per row
     * @param count number of rows to grow on, the first ones
     * @param trees number of trees
     * @param cancelled polled before every tree
     */
    Forest grow(float[][] rows, float[] targets, int count, int trees, BooleanSupplier cancelled)
            throws TrainingException {
        try {
            return read(boosted(rows, Arrays.copyOf(targets, count), trees, cancelled));
        } catch (XGBoostError e) {
            boolean memory = String.valueOf(e.getMessage()).contains("out of memory");
            throw new TrainingException(
                    memory ? Reason.OUT_OF_MEMORY : Reason.ENGINE,
                    "the library of trees failed: " + firstLine(e),
                    e);
        } catch (IOException e) {
            throw new TrainingException(
                    Reason.ENGINE, "the trees cannot be read: " + e.getMessage(), e);
        }
    }

    static String firstLine(XGBoostError e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private byte[] boosted(float[][] rows, float[] targets, int trees, BooleanSupplier cancelled)
            throws XGBoostError, TrainingException {
        // Also what is not told by the parameters of a booster, such as making a matrix.
        if (XGBoostJNI.XGBSetGlobalConfig("{\"nthread\": 1}") != 0) {
            throw new TrainingException(
                    Reason.ENGINE,
                    "the library refuses one thread: " + XGBoostJNI.XGBGetLastError());
        }
        int width = rows[0].length;
        float[] values = new float[targets.length * width];
        for (int i = 0; i < targets.length; i++) {
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        DMatrix matrix = new DMatrix(values, targets.length, width, Float.NaN);
        try {
            matrix.setLabel(targets);
            Booster booster = XGBoost.train(matrix, parameters(), 0, Map.of(), null, null);
            try {
                for (int tree = 0; tree < trees; tree++) {
                    if (cancelled.getAsBoolean()) {
                        throw new TrainingException(
                                Reason.CANCELLED,
                                "training was cancelled after %d trees".formatted(tree));
                    }
                    booster.update(matrix, tree);
                }
                return booster.toByteArray("json");
            } finally {
                booster.dispose();
            }
        } finally {
            matrix.dispose();
        }
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", "reg:squarederror");
        parameters.put("base_score", 0);
        parameters.put("tree_method", "hist");
        parameters.put("grow_policy", "lossguide");
        parameters.put("max_depth", 0);
        parameters.put("max_leaves", leaves);
        parameters.put("max_bin", settings.pieces());
        parameters.put("eta", settings.learningRate());
        parameters.put("min_child_weight", ROWS_OF_A_LEAF);
        parameters.put("seed", seed);
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        parameters.put("device", device.parameter());
        return parameters;
    }

    /** Reads the library's own model, which was made in this process. */
    static Forest read(byte[] model) throws IOException {
        JsonNode trees =
                JSON.readTree(model)
                        .path("learner")
                        .path("gradient_booster")
                        .path("model")
                        .path("trees");
        Forest.Builder builder = new Forest.Builder(trees.size());
        for (JsonNode tree : trees) {
            builder.begin();
            add(builder, tree, 0);
            builder.end();
        }
        return builder.build();
    }

    private static void add(Forest.Builder builder, JsonNode tree, int node) {
        int left = tree.path("left_children").path(node).asInt();
        float value = (float) tree.path("split_conditions").path(node).asDouble();
        if (left < 0) {
            builder.leaf(value);
            return;
        }
        JsonNode rows = tree.path("sum_hessian");
        builder.inner(
                tree.path("split_indices").path(node).asInt(),
                value,
                (float) (rows.path(left).asDouble() / rows.path(node).asDouble()));
        add(builder, tree, left);
        add(builder, tree, tree.path("right_children").path(node).asInt());
    }
}
