package io.pidstream.blend;

import io.pidstream.version.EpochReport;
import io.pidstream.version.HeldOutPredictions;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKind;
import io.pidstream.version.VersionTrainer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains both parts on the same rows, always from scratch, and weighs them by what they predict of
 * the validation rows, on which neither was trained. In the end both are trained on these rows as
 * well, the network for as many epochs as were best without them.
 */
final class BlendTrainer implements VersionTrainer {
    /** The usual build of their library has no other, whatever the network is trained on. */
    static final String DEVICE_OF_TREES = "cpu";

    private final TrainingSettings settings;
    private final String device;

    /**
     * @param settings of the network; trees have their defaults
     * @param device auto, cpu, or gpu:N; of the network
     */
    BlendTrainer(TrainingSettings settings, String device) {
        this.settings = settings;
        this.device = device;
    }

    /** Reports the epochs of the first network. */
    @Override
    public TrainedModel train(
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException {
        BlendShape shapes = BlendShape.of(task.shape());
        TrainingTask ofTrees = part(task, shapes.trees());
        TrainingTask ofNetwork = part(task, shapes.network());
        TrainedModel trees = trees().train(ofTrees, training, validation, report -> {}, cancelled);
        TrainedModel network =
                network(settings).train(ofNetwork, training, validation, progress, cancelled);
        if (trees.validation() == null) {
            Mixture even = Mixture.even(task.shape().targets().size());
            return model(task, network, network.artefact(), trees, even);
        }
        Mixture mixture = mixture(validation, trees, network);
        ModelArtefact onAll =
                network(settings.withEpochs(network.bestEpoch()))
                        .train(ofNetwork, training.and(validation), null, report -> {}, cancelled)
                        .artefact();
        return model(task, network, onAll, trees, mixture);
    }

    private VersionTrainer trees() {
        VersionKind kind = Part.TREES.kind();
        return kind.trainer(kind.defaults(Part.TREES.architecture()), DEVICE_OF_TREES);
    }

    private VersionTrainer network(TrainingSettings with) {
        return Part.NETWORK.kind().trainer(with, device);
    }

    /**
     * @param first the network without the validation rows
     * @param network the network of the version
     */
    private static TrainedModel model(
            TrainingTask task,
            TrainedModel first,
            ModelArtefact network,
            TrainedModel trees,
            Mixture mixture) {
        BlendContent content =
                new BlendContent(network.content(), trees.artefact().content(), mixture.weights());
        Map<String, Double> metrics = new TreeMap<>(first.artefact().manifest().metrics());
        metrics.put("trainingRows", network.manifest().metrics().get("trainingRows"));
        List<String> targets = task.shape().targets();
        for (int t = 0; t < targets.size(); t++) {
            String suffix = targets.size() == 1 ? "" : "." + targets.get(t);
            metrics.put("weightOfTrees" + suffix, mixture.weights().get(t));
        }
        return new TrainedModel(
                ModelArtefact.of(content, task.configurationHash(), task.parent(), metrics),
                first.history(),
                first.bestEpoch(),
                mixture.predictions());
    }

    private static TrainingTask part(TrainingTask task, ModelShape shape) {
        return new TrainingTask(
                shape,
                task.configurationHash(),
                task.seed(),
                null,
                null,
                task.mostSteps(),
                task.optional());
    }

    private Mixture mixture(TrainingSamples validation, TrainedModel trees, TrainedModel network) {
        int targets = network.artefact().manifest().shape().targets().size();
        try (VersionEncoder encoder = Part.NETWORK.kind().encoder(network.artefact(), device)) {
            return Mixture.fit(
                    validation,
                    targets,
                    trees.validation(),
                    HeldOutPredictions.of(encoder.encode(validation), targets));
        }
    }

    /** The network is trained twice. */
    @Override
    public double seconds(ModelShape shape, int rows, int mostSteps) {
        BlendShape shapes = BlendShape.of(shape);
        return 2 * network(settings).seconds(shapes.network(), rows, mostSteps)
                + trees().seconds(shapes.trees(), rows, mostSteps);
    }
}
