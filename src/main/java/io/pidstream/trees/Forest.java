package io.pidstream.trees;

import io.pidstream.version.ModelRefusedException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Regression trees whose sum is a prediction. An inner node sends a row to the left if its feature
 * is below the threshold. Nodes are stored tree by tree, each in pre-order, so that the left child
 * of a node follows it. Immutable.
 */
final class Forest {
    private static final int LEAF = -1;
    private static final int MOST_TREES = 1 << 14;

    /** Of a tree; each has at least 1. */
    private static final int MOST_NODES = 1 << 12;

    /** Length of a leaf, the shortest node. */
    private static final int LEAST_BYTES = Integer.BYTES + Float.BYTES;

    private final int[] roots;

    /** Of inner nodes; {@link #LEAF} for leaves. */
    private final int[] features;

    /** Threshold of an inner node, value of a leaf. */
    private final float[] values;

    /** Share of the training rows of an inner node that went to the left; 0 for leaves. */
    private final float[] leftShares;

    /** Right child of an inner node; 0 for leaves. */
    private final int[] rights;

    private Forest(int[] roots, int[] features, float[] values, float[] leftShares, int[] rights) {
        this.roots = roots;
        this.features = features;
        this.values = values;
        this.leftShares = leftShares;
        this.rights = rights;
    }

    /** Number of trees. */
    int size() {
        return roots.length;
    }

    /**
     * The prediction for a row.
     *
     * @param row one value per feature, all known of those that trees ask for
     */
    double predict(float[] row) {
        double sum = 0;
        for (int tree = 0; tree < roots.length; tree++) {
            sum += predict(tree, row);
        }
        return sum;
    }

    /** What one tree adds to the prediction. */
    double predict(int tree, float[] row) {
        int node = roots[tree];
        while (features[node] != LEAF) {
            node = row[features[node]] < values[node] ? node + 1 : rights[node];
        }
        return values[node];
    }

    /**
     * The mean prediction for a row of which some features are unknown: at a node that asks for
     * one, the row goes both ways, in the shares in which training rows did. This is the value of a
     * coalition in path-dependent TreeSHAP (Lundberg et al. 2020, algorithm 1).
     *
     * @param known whether a feature is known
     */
    double expect(float[] row, IntPredicate known) {
        double sum = 0;
        for (int root : roots) {
            sum += expect(root, row, known);
        }
        return sum;
    }

    /** What one tree adds to the prediction for a row of which some features may be NaN. */
    double expect(int tree, float[] row) {
        return expect(roots[tree], row, feature -> !Float.isNaN(row[feature]));
    }

    private double expect(int from, float[] row, IntPredicate known) {
        int node = from;
        while (features[node] != LEAF) {
            if (!known.test(features[node])) {
                double left = leftShares[node];
                return left * expect(node + 1, row, known)
                        + (1 - left) * expect(rights[node], row, known);
            }
            node = row[features[node]] < values[node] ? node + 1 : rights[node];
        }
        return values[node];
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(roots.length);
        for (int tree = 0; tree < roots.length; tree++) {
            int end = tree + 1 < roots.length ? roots[tree + 1] : features.length;
            out.writeInt(end - roots[tree]);
            for (int node = roots[tree]; node < end; node++) {
                out.writeInt(features[node]);
                out.writeFloat(values[node]);
                if (features[node] != LEAF) {
                    out.writeFloat(leftShares[node]);
                }
            }
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param features number of features that trees can ask for
     * @param available number of bytes that follow
     * @throws ModelRefusedException if these are no trees on these features
     */
    static Forest readFrom(DataInput in, int features, int available) throws IOException {
        int trees = in.readInt();
        if (trees < 0 || trees > MOST_TREES) {
            throw new ModelRefusedException(
                    "there are %d trees, at most %,d are read".formatted(trees, MOST_TREES));
        }
        Builder builder = new Builder(trees);
        for (int tree = 0; tree < trees; tree++) {
            int nodes = in.readInt();
            if (nodes < 1 || nodes > MOST_NODES || nodes * LEAST_BYTES > available) {
                throw new ModelRefusedException(
                        "tree %d has %d nodes, at most %,d are read"
                                .formatted(tree, nodes, MOST_NODES));
            }
            builder.begin();
            for (int node = 0; node < nodes; node++) {
                int feature = in.readInt();
                float value = in.readFloat();
                if (feature < LEAF || feature >= features) {
                    throw new ModelRefusedException(
                            "tree %d asks for feature %d of %d".formatted(tree, feature, features));
                }
                if (feature == LEAF) {
                    builder.leaf(value);
                } else {
                    builder.inner(feature, value, in.readFloat());
                }
            }
            builder.end();
        }
        return builder.build();
    }

    /** Takes the nodes of trees in pre-order. */
    static final class Builder {
        private final int[] roots;
        private int trees;
        private int nodes;
        private int[] features = new int[256];
        private float[] values = new float[256];
        private float[] leftShares = new float[256];
        private int[] rights = new int[256];

        /** Inner nodes whose right child has not begun. */
        private int[] open = new int[256];

        private int depth;
        private boolean complete = true;

        /**
         * @param trees number of trees
         */
        Builder(int trees) {
            roots = new int[trees];
        }

        void begin() {
            roots[trees++] = nodes;
            complete = false;
        }

        void inner(int feature, float threshold, float leftShare) {
            if (!(leftShare >= 0 && leftShare <= 1)) {
                throw new ModelRefusedException(
                        "tree %d sends a share of %s to the left".formatted(trees - 1, leftShare));
            }
            if (depth == open.length) {
                open = Arrays.copyOf(open, 2 * depth);
            }
            add(feature, threshold, leftShare);
            open[depth++] = nodes - 1;
        }

        void leaf(float value) {
            add(LEAF, value, 0);
            if (depth == 0) {
                complete = true;
            } else {
                rights[open[--depth]] = nodes;
            }
        }

        private void add(int feature, float value, float leftShare) {
            if (complete) {
                throw new ModelRefusedException(
                        "nodes follow the last leaf of tree " + (trees - 1));
            }
            if (!Float.isFinite(value)) {
                throw new ModelRefusedException(
                        "a node of tree %d has the value %s".formatted(trees - 1, value));
            }
            if (nodes == features.length) {
                features = Arrays.copyOf(features, 2 * nodes);
                values = Arrays.copyOf(values, 2 * nodes);
                leftShares = Arrays.copyOf(leftShares, 2 * nodes);
                rights = Arrays.copyOf(rights, 2 * nodes);
            }
            features[nodes] = feature;
            values[nodes] = value;
            leftShares[nodes] = leftShare;
            nodes++;
        }

        void end() {
            if (!complete) {
                throw new ModelRefusedException(
                        "tree %d ends before its last leaf".formatted(trees - 1));
            }
        }

        Forest build() {
            return new Forest(
                    roots,
                    Arrays.copyOf(features, nodes),
                    Arrays.copyOf(values, nodes),
                    Arrays.copyOf(leftShares, nodes),
                    Arrays.copyOf(rights, nodes));
        }
    }
}
