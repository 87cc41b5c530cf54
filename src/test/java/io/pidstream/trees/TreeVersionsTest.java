package io.pidstream.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.EpochReport;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeVersionsTest {
    private static final TrainingSamples TRAINING = SimulatedRows.samples(2, 1600, 1);
    private static final TrainingSamples VALIDATION = SimulatedRows.samples(2, 200, 2);
    private static final TrainingSamples TEST = SimulatedRows.samples(2, 500, 3);

    private static TrainedModel model;

    @TempDir Path directory;

    @BeforeAll
    static void train() throws TrainingException {
        model = SimulatedRows.train(SimulatedRows.shape(2), TRAINING, VALIDATION, 100);
    }

    @Test
    void learnsWhatNoLineIsCloseTo() {
        for (int t = 0; t < 2; t++) {
            assertThat(SimulatedRows.error(model.artefact(), TEST, t))
                    .isLessThan(0.4 * SimulatedRows.spread(TEST, t));
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws TrainingException {
        ModelArtefact again =
                SimulatedRows.train(SimulatedRows.shape(2), TRAINING, VALIDATION, 100).artefact();
        assertThat(again.parameters()).isEqualTo(model.artefact().parameters());
        assertThat(again.manifest()).isEqualTo(model.artefact().manifest());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void sharesSumToThePredictionMinusTheMean(int modalities) throws TrainingException {
        TrainingSamples rows = SimulatedRows.samples(modalities, 300, 5);
        ModelArtefact artefact =
                SimulatedRows.train(SimulatedRows.shape(modalities), rows, null, 20).artefact();
        for (int absent = -1; absent < modalities; absent++) {
            TrainingSamples seen = absent < 0 ? rows : SimulatedRows.without(absent, rows);
            EncodedBatch encoded = SimulatedRows.encode(artefact, seen);
            for (int t = 0; t < 2; t++) {
                double mean = TreeContent.of(artefact).targets().get(t).scale().mean();
                for (int i = 0; i < seen.size(); i++) {
                    double sum = mean;
                    for (int m = 0; m < modalities; m++) {
                        double share = encoded.share(i, m, t);
                        assertThat(Double.isNaN(share)).isEqualTo(m == absent);
                        assertThat(Double.isNaN(encoded.latent(i, m)[t])).isEqualTo(m == absent);
                        sum += m == absent ? 0 : share;
                    }
                    assertThat(sum)
                            .isCloseTo(
                                    encoded.prediction(i, t),
                                    within(1e-12 * Math.abs(mean) + 1e-9));
                }
            }
        }
    }

    /** z depends on b alone; y on a alone, and on both together. */
    @Test
    void sharesAreWithTheModalityThatKnows() {
        EncodedBatch encoded = SimulatedRows.encode(model.artefact(), TEST);
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < TEST.size(); i++) {
            ofA += Math.abs(encoded.share(i, 0, 1)) / TEST.size();
            ofB += Math.abs(encoded.share(i, 1, 1)) / TEST.size();
        }
        assertThat(ofB).isGreaterThan(20 * ofA);
    }

    /** Targets depend on a and b; c is noise, which small forests overfit. */
    @Test
    void anOptionalModalityThatIsOfNoUseIsLeftOut() throws Exception {
        TrainingSamples training = SimulatedRows.samples(3, 800, 1);
        TrainingSamples validation = SimulatedRows.samples(3, 200, 2);
        TrainingSamples test = SimulatedRows.samples(3, 50, 3);
        EncodedBatch[] encoded = new EncodedBatch[2];
        int[] optional = {2, 1};
        for (int i = 0; i < 2; i++) {
            ModelArtefact artefact =
                    SimulatedRows.train(
                                    SimulatedRows.shape(3), training, validation, 60, optional[i])
                            .artefact();
            Path written = Files.createDirectory(directory.resolve("c" + i));
            artefact.write(written);
            ModelArtefact read = ModelArtefact.read(written);
            assertThat(TreeContent.of(read).targets().get(0).leftOut())
                    .as("optional is " + optional[i])
                    .isEqualTo(i == 0 ? 2 : TrainingTask.NONE);
            encoded[i] = SimulatedRows.encode(read, test);
            for (int row = 0; row < test.size(); row++) {
                double sum = TreeContent.of(read).targets().get(0).scale().mean();
                for (int m = 0; m < 3; m++) {
                    sum += encoded[i].share(row, m, 0);
                }
                assertThat(sum).isCloseTo(encoded[i].prediction(row, 0), within(1e-9));
            }
        }
        EncodedBatch gap =
                SimulatedRows.encode(
                        SimulatedRows.train(SimulatedRows.shape(3), training, validation, 60, 2)
                                .artefact(),
                        SimulatedRows.without(2, test));
        for (int row = 0; row < test.size(); row++) {
            assertThat(encoded[0].share(row, 2, 0)).isZero();
            assertThat(encoded[0].latent(row, 2)).as("what c knows by itself").isNotEmpty();
            assertThat(gap.prediction(row, 0)).isEqualTo(encoded[0].prediction(row, 0));
        }
    }

    @Test
    void latentsHaveAboutUnitVariance() {
        EncodedBatch encoded = SimulatedRows.encode(model.artefact(), TRAINING);
        double squares = 0;
        for (int i = 0; i < TRAINING.size(); i++) {
            squares += Math.pow(encoded.latent(i, 1)[1], 2) / TRAINING.size();
        }
        assertThat(squares).isCloseTo(1, within(0.1));
    }

    /** Without b, y is |q_a| with the other term unknown, and nothing is known of z. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void withoutAModalityTheRestIsStillUsed(int modalities) throws TrainingException {
        ModelArtefact artefact =
                SimulatedRows.train(
                                SimulatedRows.shape(modalities),
                                SimulatedRows.samples(modalities, 1600, 1),
                                SimulatedRows.samples(modalities, 200, 2),
                                100)
                        .artefact();
        TrainingSamples gaps = SimulatedRows.without(1, SimulatedRows.samples(modalities, 500, 3));
        double[] rest = new double[gaps.size()];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = gaps.targets(i)[0] - Math.abs(gaps.channels(i)[0][1]);
        }
        double unknown =
                Math.sqrt(
                        Arrays.stream(rest).map(r -> (r - 10) * (r - 10)).average().orElseThrow());
        assertThat(SimulatedRows.error(artefact, gaps, 0)).isLessThan(1.1 * unknown);
        assertThat(SimulatedRows.error(artefact, gaps, 1))
                .isLessThan(1.1 * SimulatedRows.spread(gaps, 1));
    }

    @Test
    void rowsWithGapsAreTrainedOn() throws TrainingException {
        TrainingSamples gaps = new TrainingSamples();
        TrainingSamples missing = SimulatedRows.without(0, TRAINING);
        for (int i = 0; i < TRAINING.size(); i++) {
            TrainingSamples from = i % 3 == 0 ? missing : TRAINING;
            gaps.add(from.channels(i), from.present(i), from.targets(i), from.time(i));
        }
        ModelArtefact artefact =
                SimulatedRows.train(SimulatedRows.shape(2), gaps, VALIDATION, 100).artefact();
        assertThat(SimulatedRows.error(artefact, TEST, 0))
                .isLessThan(0.5 * SimulatedRows.spread(TEST, 0));
    }

    @Test
    void aModalityThatIsNeverPresentHasNoTrees() throws TrainingException {
        TrainingSamples missing = SimulatedRows.without(1, TRAINING);
        ModelArtefact artefact =
                SimulatedRows.train(SimulatedRows.shape(2), missing, null, 20).artefact();
        EncodedBatch encoded = SimulatedRows.encode(artefact, TEST);
        assertThat(encoded.latent(0, 1)).containsExactly(0, 0);
        assertThat(Double.isFinite(encoded.prediction(0, 0))).isTrue();
    }

    @Test
    void theEncodingOfAFrameDoesNotDependOnItsBatch() {
        EncodedBatch all = SimulatedRows.encode(model.artefact(), TEST);
        TrainingSamples one = new TrainingSamples();
        one.add(TEST.channels(42), TEST.present(42), TEST.targets(42), 0);
        EncodedBatch alone = SimulatedRows.encode(model.artefact(), one);
        assertThat(alone.latents(0)).isEqualTo(all.latents(42));
        assertThat(alone.shares(0)).isEqualTo(all.shares(42));
        assertThat(alone.prediction(0, 0)).isEqualTo(all.prediction(42, 0));
    }

    @Test
    void reportsEveryTreeAndKeepsTheBestNumber() throws TrainingException {
        List<EpochReport> reports = new ArrayList<>();
        TrainedModel noisy =
                SimulatedRows.KIND
                        .trainer(SimulatedRows.settings(60), "cpu")
                        .train(
                                new TrainingTask(SimulatedRows.shape(2), "hash", 7, null, null),
                                SimulatedRows.samples(2, 100, 1),
                                VALIDATION,
                                reports::add,
                                () -> false);
        assertThat(reports).hasSize(60).isEqualTo(noisy.history());
        double least =
                reports.stream().mapToDouble(EpochReport::validationError).min().orElseThrow();
        assertThat(reports.get(noisy.bestEpoch() - 1).validationError()).isEqualTo(least);
        assertThat(TreeContent.of(noisy.artefact()).targets().get(0).joint().size())
                .isEqualTo(noisy.bestEpoch());
    }

    @Test
    void aLargeOffsetOfAChannelLosesNothing() throws TrainingException {
        ModelArtefact shifted =
                SimulatedRows.train(
                                SimulatedRows.shape(2), shifted(TRAINING), shifted(VALIDATION), 100)
                        .artefact();
        assertThat(SimulatedRows.error(shifted, shifted(TEST), 0))
                .isCloseTo(SimulatedRows.error(model.artefact(), TEST, 0), within(0.01));
    }

    private static TrainingSamples shifted(TrainingSamples samples) {
        TrainingSamples shifted = new TrainingSamples();
        for (int i = 0; i < samples.size(); i++) {
            double[][] channels = new double[2][];
            for (int m = 0; m < 2; m++) {
                channels[m] = Arrays.stream(samples.channels(i)[m]).map(x -> x + 1e9).toArray();
            }
            shifted.add(channels, samples.present(i), samples.targets(i), samples.time(i));
        }
        return shifted;
    }

    @Test
    void extremeChannelsAreEncoded() {
        TrainingSamples extreme = new TrainingSamples();
        double[][] x = {{Double.MAX_VALUE, -Double.MAX_VALUE}, {0, Double.MIN_VALUE}};
        extreme.add(x, new boolean[] {true, true}, new double[] {0, 0}, 0);
        EncodedBatch encoded = SimulatedRows.encode(model.artefact(), extreme);
        assertThat(Double.isFinite(encoded.prediction(0, 0))).isTrue();
    }

    @Test
    void channelsThatDoNotFitAreNamed() {
        double[][][] nan = {{{1, Double.NaN}, {1, 2}}};
        double[][][] longer = {{{1, 2, 3}, {1, 2}}};
        boolean[][] present = {{true, true}};
        try (var encoder = SimulatedRows.KIND.encoder(model.artefact(), "cpu")) {
            assertThatThrownBy(() -> encoder.encode(nan, present))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("channel 1 of modality 0 is NaN");
            assertThatThrownBy(() -> encoder.encode(longer, present))
                    .hasMessage("modality 0 has 3 channels, expected 2");
        }
    }

    @Test
    void tooFewRowsAndTargetsThatOverflowEndTheTraining() {
        TrainingSamples few = SimulatedRows.samples(2, 15, 1);
        assertThatThrownBy(() -> SimulatedRows.train(SimulatedRows.shape(2), few, null, 5))
                .isInstanceOf(TrainingException.class)
                .hasMessage("there are 15 training rows, at least 16 are needed");
        TrainingSamples large = new TrainingSamples();
        for (int i = 0; i < 50; i++) {
            double[] targets = {i % 2 == 0 ? 1e200 : -1e200, 0};
            large.add(TRAINING.channels(i), TRAINING.present(i), targets, i);
        }
        assertThatThrownBy(() -> SimulatedRows.train(SimulatedRows.shape(2), large, null, 5))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("y has the mean ");
    }

    @Test
    void aConstantTargetIsPredicted() throws TrainingException {
        TrainingSamples constant = new TrainingSamples();
        for (int i = 0; i < 100; i++) {
            constant.add(TRAINING.channels(i), TRAINING.present(i), new double[] {5, 1e6}, i);
        }
        ModelArtefact artefact =
                SimulatedRows.train(SimulatedRows.shape(2), constant, null, 5).artefact();
        assertThat(SimulatedRows.encode(artefact, TEST).prediction(0, 0)).isEqualTo(5);
    }
}
