package io.pidstream.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.VersionEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encodes frames with a network. Holds off-heap memory until it is closed. */
public final class ModelEncoder implements VersionEncoder {
    private static final int MOST_ROWS = 1024;

    /**
     * Rows are padded to a multiple of this. The order of summation in matrix products depends on
     * the number of rows, except for multiples of this number; so the encoding of a frame does not
     * depend on the rest of the batch.
     */
    private static final int ROWS = 16;

    private final ModelArtefact artefact;
    private final ModelContent content;
    private final ModelShape shape;
    private final NDManager manager;
    private final Network network;
    private final ParameterStore store;
    private final List<ByteBuffer> inputs = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();
    private final ByteBuffer presence;

    /**
     * @param device auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     */
    public ModelEncoder(ModelArtefact artefact, String device) {
        this.artefact = artefact;
        this.shape = artefact.manifest().shape();
        this.content = ModelContent.of(artefact);
        Device chosen = TorchEngine.device(device);
        this.manager = TorchEngine.get().newBaseManager(chosen);
        this.network = new Network(shape, content.featureSizes(), true);
        network.load(manager, content.tensors());
        network.setFusion(content.fusion());
        this.store = new ParameterStore(manager, false);
        for (int size : content.featureSizes()) {
            inputs.add(direct(MOST_ROWS * size));
            rows.add(new float[MOST_ROWS * size]);
        }
        this.presence = direct(MOST_ROWS * shape.count());
    }

    private static ByteBuffer direct(int values) {
        return ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public ModelArtefact artefact() {
        return artefact;
    }

    @Override
    public EncodedBatch encode(double[][][] channels, boolean[][] present) {
        int n = channels.length;
        int d = shape.latent();
        double[] latents = new double[n * shape.count() * d];
        int targets = shape.targets().size();
        double[] predictions = new double[n * targets];
        double[] shares = new double[n * shape.count() * targets];
        // Per thread: only the thread that started the engine has it off.
        JniUtils.setGradMode(false);
        for (int from = 0; from < n; from += MOST_ROWS) {
            int size = Math.min(MOST_ROWS, n - from);
            int padded = (size + ROWS - 1) / ROWS * ROWS;
            fill(channels, present, from, size, padded);
            try (NDManager step = manager.newSubManager()) {
                NDList inputs = tensors(step, padded);
                NDList encoded = network.latents(store, inputs);
                NDArray there = inputs.get(shape.count());
                double[] all = predictions(encoded, there);
                System.arraycopy(all, 0, predictions, from * targets, size * targets);
                writeShares(encoded, there, all, present, from, size, shares);
                for (int m = 0; m < shape.count(); m++) {
                    writeLatents(encoded.get(m), present, m, from, size, latents);
                }
            }
        }
        return new EncodedBatch(shape, latents, predictions, shares);
    }

    private void fill(double[][][] channels, boolean[][] present, int from, int size, int padded) {
        List<FeatureMap> maps = content.features();
        presence.clear();
        for (int i = 0; i < padded; i++) {
            for (int m = 0; m < shape.count(); m++) {
                presence.putFloat(i < size && present[from + i][m] ? 1 : 0);
            }
        }
        for (int m = 0; m < shape.count(); m++) {
            FeatureMap map = maps.get(m);
            float[] values = rows.get(m);
            for (int i = 0; i < padded; i++) {
                int offset = i * map.size();
                if (i < size && present[from + i][m]) {
                    map.write(channels[from + i][m], values, offset);
                } else {
                    Arrays.fill(values, offset, offset + map.size(), 0);
                }
            }
            inputs.get(m).asFloatBuffer().put(values, 0, padded * map.size());
        }
    }

    /** Arrays that share the buffers, which must not change until the step's manager is closed. */
    private NDList tensors(NDManager step, int size) {
        NDList list = new NDList();
        List<FeatureMap> maps = content.features();
        for (int m = 0; m < shape.count(); m++) {
            int width = maps.get(m).size();
            list.add(tensor(step, inputs.get(m), size, width));
        }
        list.add(tensor(step, presence, size, shape.count()));
        return list;
    }

    private static NDArray tensor(NDManager step, ByteBuffer buffer, int size, int width) {
        ByteBuffer part = buffer.duplicate().order(ByteOrder.nativeOrder());
        part.clear().limit(size * width * Float.BYTES);
        return step.create(part, new Shape(size, width), DataType.FLOAT32);
    }

    /** The mean over members, in target units, [n, t], with the modalities in {@code present}. */
    private double[] predictions(NDList encoded, NDArray present) {
        float[] outputs = network.head(store, encoded, present).toFloatArray();
        int targets = shape.targets().size();
        int members = shape.members();
        double[] predictions = new double[outputs.length / members];
        for (int i = 0; i < predictions.length / targets; i++) {
            for (int t = 0; t < targets; t++) {
                double sum = 0;
                for (int member = 0; member < members; member++) {
                    sum += outputs[(i * members + member) * targets + t];
                }
                predictions[i * targets + t] = content.targets().get(t).unit(sum / members);
            }
        }
        return predictions;
    }

    private void writeShares(
            NDList encoded,
            NDArray there,
            double[] all,
            boolean[][] present,
            int from,
            int size,
            double[] shares) {
        int k = shape.count();
        double[] none = predictions(encoded, there.zerosLike());
        double[][] alone = new double[k][];
        double[][] without = new double[k][];
        for (int m = 0; m < k; m++) {
            NDArray only = there.zerosLike();
            NDIndex column = new NDIndex(":, {}:{}", m, m + 1);
            only.set(column, there.get(column));
            alone[m] = predictions(encoded, only);
            // With two modalities, removing one leaves the other alone.
            without[m] = k == 2 ? null : predictions(encoded, there.sub(only));
        }
        if (k == 2) {
            without[0] = alone[1];
            without[1] = alone[0];
        }
        int targets = shape.targets().size();
        for (int i = 0; i < size; i++) {
            for (int t = 0; t < targets; t++) {
                int p = i * targets + t;
                writeShares(p, t, all, none, alone, without, present[from + i], from + i, shares);
            }
        }
    }

    private void writeShares(
            int p,
            int target,
            double[] all,
            double[] none,
            double[][] alone,
            double[][] without,
            boolean[] present,
            int frame,
            double[] shares) {
        int k = shape.count();
        int targets = shape.targets().size();
        double left = all[p] - none[p];
        int count = 0;
        for (int m = 0; m < k; m++) {
            double share = 0.5 * (alone[m][p] - none[p] + all[p] - without[m][p]);
            left -= present[m] ? share : 0;
            count += present[m] ? 1 : 0;
            shares[(frame * k + m) * targets + target] = present[m] ? share : Double.NaN;
        }
        for (int m = 0; m < k; m++) {
            if (present[m]) {
                shares[(frame * k + m) * targets + target] += left / count;
            }
        }
    }

    private void writeLatents(
            NDArray latent, boolean[][] present, int m, int from, int size, double[] latents) {
        float[] values = latent.toFloatArray();
        int d = shape.latent();
        for (int i = 0; i < size; i++) {
            int offset = ((from + i) * shape.count() + m) * d;
            for (int j = 0; j < d; j++) {
                latents[offset + j] = present[from + i][m] ? values[i * d + j] : Double.NaN;
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
