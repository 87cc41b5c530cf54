package io.pidstream.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.EpochReport;
import io.pidstream.version.HoldOutErrors;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionContent;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlendVersionsTest {
    private static final ModelShape SHAPE = BlendRows.shape(2);
    private static final TrainingSettings SETTINGS = BlendRows.settings(20, 0.01);
    private static final TrainingSamples TRAINING = BlendRows.samples(2, 800, 1);
    private static final TrainingSamples VALIDATION = BlendRows.samples(2, 200, 2);
    private static final TrainingSamples TEST = BlendRows.samples(2, 500, 3);

    private static TrainedModel model;

    @BeforeAll
    static void train() throws TrainingException {
        model = BlendRows.train(SHAPE, SETTINGS, TRAINING, VALIDATION);
    }

    @Test
    void latentsAreThoseOfTheNetworkThenThoseOfTheTrees() {
        assertThat(SHAPE.latent()).isEqualTo(4 + 2);
        EncodedBatch encoded = BlendRows.encode(model.artefact(), TEST);
        EncodedBatch network = encodedBy(Part.NETWORK, BlendContent.of(model.artefact()).network());
        EncodedBatch trees = encodedBy(Part.TREES, BlendContent.of(model.artefact()).trees());
        for (int i = 0; i < 20; i++) {
            for (int m = 0; m < 2; m++) {
                double[] latent = encoded.latent(i, m);
                assertThat(latent).startsWith(network.latent(i, m)).hasSize(6);
                assertThat(latent).endsWith(trees.latent(i, m));
            }
        }
    }

    private static EncodedBatch encodedBy(Part part, VersionContent content) {
        ModelArtefact artefact = ModelArtefact.of(content, "hash", null, Map.of());
        try (VersionEncoder encoder = part.kind().encoder(artefact, "cpu")) {
            return encoder.encode(TEST);
        }
    }

    /** What remains is the prediction without any modality, the same for every frame. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void sharesSumToThePredictionButForAConstant(int modalities) throws TrainingException {
        TrainingSamples rows = BlendRows.samples(modalities, 300, 5);
        ModelArtefact artefact =
                BlendRows.train(
                                BlendRows.shape(modalities),
                                BlendRows.settings(3, 0.01),
                                rows,
                                BlendRows.samples(modalities, 60, 6))
                        .artefact();
        for (int t = 0; t < 2; t++) {
            double none = none(artefact, rows, -1, t, 0);
            for (int absent = -1; absent < modalities; absent++) {
                TrainingSamples seen = absent < 0 ? rows : BlendRows.without(absent, rows);
                for (int i = 0; i < 50; i++) {
                    assertThat(none(artefact, seen, absent, t, i)).isCloseTo(none, within(1e-9));
                }
            }
        }
    }

    private static double none(
            ModelArtefact artefact, TrainingSamples rows, int absent, int target, int row) {
        EncodedBatch encoded = BlendRows.encode(artefact, rows.some(new int[] {row}));
        double none = encoded.prediction(0, target);
        for (int m = 0; m < artefact.manifest().shape().count(); m++) {
            double share = encoded.share(0, m, target);
            assertThat(Double.isNaN(share)).isEqualTo(m == absent);
            for (double number : encoded.latent(0, m)) {
                assertThat(Double.isNaN(number)).isEqualTo(m == absent);
            }
            none -= m == absent ? 0 : share;
        }
        return none;
    }

    @Test
    void predictsBetterThanEitherPart() {
        BlendContent content = BlendContent.of(model.artefact());
        HoldOutErrors both = errors(BlendRows.encode(model.artefact(), TEST));
        HoldOutErrors network = errors(encodedBy(Part.NETWORK, content.network()));
        HoldOutErrors trees = errors(encodedBy(Part.TREES, content.trees()));
        assertThat(both.isBetterThan(network)).as("%s, %s", both, network).isTrue();
        assertThat(both.isBetterThan(trees)).as("%s, %s", both, trees).isTrue();
    }

    private static HoldOutErrors errors(EncodedBatch predicted) {
        return HoldOutErrors.of(TEST, 2, predicted);
    }

    @Test
    void aNetworkThatLearnedNothingHasNoWeight() throws TrainingException {
        TrainedModel untaught =
                BlendRows.train(SHAPE, BlendRows.settings(1, 1e-9), TRAINING, VALIDATION);
        assertThat(BlendContent.of(untaught.artefact()).weights())
                .allSatisfy(weight -> assertThat(weight).isGreaterThan(0.9));
        assertThat(untaught.artefact().manifest().metrics())
                .containsEntry(
                        "weightOfTrees.y", BlendContent.of(untaught.artefact()).weights().get(0));
    }

    /** Of so few rows trees make no leaves; a line is found in them. */
    @Test
    void treesThatLearnedNothingHaveNoWeight() throws TrainingException {
        TrainedModel few =
                BlendRows.train(
                        SHAPE,
                        BlendRows.settings(200, 0.01),
                        BlendRows.samples(2, 36, 1),
                        VALIDATION);
        assertThat(BlendContent.of(few.artefact()).weights().get(1)).isLessThan(0.1);
    }

    /** The trees of the version know the validation rows; what is said of them does not. */
    @Test
    void validationRowsArePredictedByWhatWasTrainedWithoutThem() {
        double known =
                HoldOutErrors.of(VALIDATION, 2, BlendRows.encode(model.artefact(), VALIDATION))
                        .rmse()
                        .get(0);
        double validation = model.validation().errors(VALIDATION).rmse().get(0);
        assertThat(validation).isGreaterThan(1.05 * known);
    }

    @Test
    void withoutValidationRowsThePartsCountEqually() throws TrainingException {
        TrainedModel unchecked =
                BlendRows.train(SHAPE, BlendRows.settings(2, 0.01), TRAINING, null);
        assertThat(BlendContent.of(unchecked.artefact()).weights()).containsExactly(0.5, 0.5);
        assertThat(unchecked.validation()).isNull();
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws TrainingException {
        ModelArtefact again = BlendRows.train(SHAPE, SETTINGS, TRAINING, VALIDATION).artefact();
        assertThat(again.parameters()).isEqualTo(model.artefact().parameters());
        assertThat(again.manifest()).isEqualTo(model.artefact().manifest());
    }

    @Test
    void reportsTheEpochsOfTheNetwork() throws TrainingException {
        List<EpochReport> reports = new ArrayList<>();
        TrainedModel trained =
                BlendRows.KIND
                        .trainer(BlendRows.settings(3, 0.01), "cpu")
                        .train(task(), TRAINING, VALIDATION, reports::add, () -> false);
        assertThat(reports).extracting(EpochReport::epoch).containsExactly(1, 2, 3);
        assertThat(trained.history()).isEqualTo(reports);
        assertThat(trained.artefact().manifest().metrics())
                .containsEntry("epochs", 3.0)
                .containsEntry("trainingRows", 1000.0);
    }

    @Test
    void stopsWhenItIsCancelledAndNeedsRows() {
        VersionTrainer trainer = BlendRows.KIND.trainer(SETTINGS, "cpu");
        assertThatThrownBy(
                        () -> trainer.train(task(), TRAINING, VALIDATION, report -> {}, () -> true))
                .isInstanceOf(TrainingException.class)
                .extracting(e -> ((TrainingException) e).reason())
                .isEqualTo(Reason.CANCELLED);
        TrainingSamples few = BlendRows.samples(2, 12, 1);
        assertThatThrownBy(() -> trainer.train(task(), few, null, report -> {}, () -> false))
                .hasMessage("there are 12 training rows, at least 16 are needed");
    }

    private static TrainingTask task() {
        return new TrainingTask(SHAPE, "hash", 7, null, null);
    }

    @Test
    void costsWhatBothPartsCost() {
        BlendShape parts = BlendShape.of(SHAPE);
        double network =
                Part.NETWORK.kind().trainer(SETTINGS, "cpu").seconds(parts.network(), 1000, 400);
        double trees =
                Part.TREES
                        .kind()
                        .trainer(Part.TREES.kind().defaults("trees"), "cpu")
                        .seconds(parts.trees(), 1000, 400);
        assertThat(BlendRows.KIND.trainer(SETTINGS, "cpu").seconds(SHAPE, 1000, 400))
                .isCloseTo(2 * network + trees, within(1e-9));
    }

    @Test
    void theCheckNamesBothLibraries() {
        assertThat(BlendRows.KIND.check("cpu"))
                .matches("PyTorch .* on cpu .*, and XGBoost .* on cpu \\(1 thread\\)");
        assertThatThrownBy(() -> BlendRows.KIND.check("gpu:99"))
                .hasMessageStartingWith("encoder.device: gpu:99: expected a GPU visible");
    }
}
