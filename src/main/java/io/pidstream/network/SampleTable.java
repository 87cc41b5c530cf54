package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainingSamples;
import java.util.List;

/**
 * Samples on the device, in the form a network reads. Features of an absent modality are filled
 * from another row that has it, so that batch statistics are those of rows that have it; the
 * presence input excludes them from the prediction.
 */
final class SampleTable {
    private final TrainingSamples samples;
    private final NDList features = new NDList();
    private final NDList channels = new NDList();
    private final NDArray standard;
    private final NDArray scores;

    /**
     * @param manager owner of the table
     * @param features per modality
     * @param kernels maps of the channels for the kernels of the conditional information; empty if
     *     there is no such term
     */
    SampleTable(
            NDManager manager,
            TrainingSamples samples,
            List<FeatureMap> features,
            List<FeatureMap> kernels,
            List<TargetScale> scales) {
        this.samples = samples;
        for (int m = 0; m < features.size(); m++) {
            this.features.add(table(manager, samples, features.get(m), m));
            if (!kernels.isEmpty()) {
                this.channels.add(table(manager, samples, kernels.get(m), m));
            }
        }
        int n = samples.size();
        int t = scales.size();
        float[] y = new float[n * t];
        float[] g = new float[n * t];
        for (int i = 0; i < n * t; i++) {
            double value = samples.targets(i / t)[i % t];
            y[i] = (float) scales.get(i % t).standard(value);
            g[i] = (float) scales.get(i % t).score().apply(value);
        }
        this.standard = manager.create(y, new Shape(n, t));
        this.scores = manager.create(g, new Shape(n, t));
    }

    private static NDArray table(
            NDManager manager, TrainingSamples samples, FeatureMap map, int modality) {
        int n = samples.size();
        int size = map.size();
        float[] values = new float[n * size];
        int known = -1;
        for (int row = 0; row < n; row++) {
            if (samples.present(row)[modality]) {
                known = row;
                break;
            }
        }
        for (int row = 0; row < n && known >= 0; row++) {
            known = samples.present(row)[modality] ? row : known;
            map.write(samples.channels(known)[modality], values, row * size);
        }
        return manager.create(values, new Shape(n, size));
    }

    int size() {
        return samples.size();
    }

    TrainingSamples samples() {
        return samples;
    }

    /** Features of some rows, per modality, in {@code step}. */
    NDList features(NDManager step, NDArray rows) {
        return select(features, step, rows);
    }

    /** Standardised channels of some rows, per modality, in {@code step}. */
    NDList channels(NDManager step, NDArray rows) {
        return select(channels, step, rows);
    }

    /** Standardised targets of some rows, in {@code step}. */
    NDArray standard(NDManager step, NDArray rows) {
        return rows(standard, step, rows);
    }

    /** Normal scores of the targets of some rows, in {@code step}. */
    NDArray scores(NDManager step, NDArray rows) {
        return rows(scores, step, rows);
    }

    private static NDList select(NDList from, NDManager step, NDArray rows) {
        NDList selected = new NDList();
        from.forEach(array -> selected.add(rows(array, step, rows)));
        return selected;
    }

    /** Some rows of an array, in {@code manager}. */
    static NDArray rows(NDArray array, NDManager manager, NDArray rows) {
        return array.get(manager, new NDIndex("{}", rows));
    }
}
