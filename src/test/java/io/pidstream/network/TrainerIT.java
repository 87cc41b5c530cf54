package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.PidDefinition;
import io.pidstream.version.EpochReport;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.LatentDecomposition;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerIT {
    private final TrainingSamples samples = Simulated.samples(2, 600, 1);
    private final TrainingSamples fresh = Simulated.samples(2, 300, 2);

    @ParameterizedTest
    @EnumSource(EncoderType.class)
    void learnsATargetThatIsNotLinear(EncoderType type) throws TrainingException {
        ModelShape shape = Simulated.capable(type, 2);
        ModelArtefact artefact = Simulated.train(Simulated.task(shape, 3), samples, 60).artefact();

        assertThat(Simulated.error(artefact, fresh)).isLessThan(0.6 * Simulated.spread(fresh));
    }

    @Test
    void theSameSeedGivesTheSameParametersBitForBit() throws TrainingException {
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 2);
        ModelArtefact one = Simulated.train(Simulated.task(shape, 5), samples, 5).artefact();
        ModelArtefact again = Simulated.train(Simulated.task(shape, 5), samples, 5).artefact();
        ModelArtefact other = Simulated.train(Simulated.task(shape, 6), samples, 5).artefact();

        assertThat(again.parameters()).isEqualTo(one.parameters());
        assertThat(again.manifest()).isEqualTo(one.manifest());
        assertThat(other.manifest().sha256()).isNotEqualTo(one.manifest().sha256());
    }

    @Test
    void trainingBesideAnotherTrainingChangesNothing() throws Exception {
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, 2, 4, 1);
        ModelArtefact alone = Simulated.train(Simulated.task(shape, 5), samples, 5).artefact();
        List<Throwable> failures = new ArrayList<>();
        Thread beside =
                new Thread(
                        () -> {
                            try {
                                Simulated.train(Simulated.task(shape, 9), samples, 5);
                            } catch (TrainingException e) {
                                failures.add(e);
                            }
                        });
        beside.start();
        ModelArtefact together = Simulated.train(Simulated.task(shape, 5), samples, 5).artefact();
        beside.join();

        assertThat(failures).isEmpty();
        assertThat(together.manifest().sha256()).isEqualTo(alone.manifest().sha256());
    }

    @Test
    void trainsOnFromAVersionAndKeepsItsScales() throws TrainingException {
        ModelShape shape = Simulated.capable(EncoderType.PIECEWISE, 2);
        ModelArtefact first = Simulated.train(Simulated.task(shape, 3), samples, 20).artefact();
        TrainingSamples more = Simulated.samples(2, 400, 4);
        ModelArtefact tuned =
                Simulated.train(new TrainingTask(shape, "hash", 4, 12L, first), more, 30)
                        .artefact();

        assertThat(Simulated.error(tuned, fresh)).isLessThan(Simulated.error(first, fresh));
        assertThat(tuned.manifest().parent()).isEqualTo(12L);
        assertThat(ModelContent.of(tuned).targets()).isEqualTo(ModelContent.of(first).targets());
    }

    @Test
    void keepsTheVersionItStartedFromIfNoEpochIsBetter() throws TrainingException {
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 1);
        ModelArtefact first = Simulated.train(Simulated.task(shape, 3), samples, 60).artefact();
        TrainingSamples misleading = new TrainingSamples();
        for (int i = 0; i < 100; i++) {
            misleading.add(samples.channels(i), samples.present(i), new double[] {99 + i % 2}, i);
        }
        TrainedModel model =
                new Trainer(Simulated.quick(30, 0.3), "cpu")
                        .train(
                                new TrainingTask(shape, "hash", 4, 12L, first),
                                misleading,
                                fresh,
                                report -> {},
                                () -> false);

        assertThat(model.bestEpoch()).isZero();
        assertThat(model.history()).hasSizeLessThan(30);
        assertThat(Simulated.error(model.artefact(), fresh))
                .isEqualTo(Simulated.error(first, fresh));
    }

    @Test
    void aLimitOfStepsIsKept() throws TrainingException {
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 1);
        TrainedModel model =
                Simulated.train(
                        new TrainingTask(shape, "hash", 4, null, null, 20, TrainingTask.NONE),
                        samples,
                        40);
        assertThat(model.history()).hasSizeBetween(1, 20);
    }

    @Test
    void stopsWhenValidationNoLongerGetsBetterAndKeepsTheBestEpoch() throws TrainingException {
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 1);
        TrainingSettings settings =
                new TrainingSettings(400, 32, 1e-2, 0, false, 5, 0, 0, 0, false, 0, true, 8);
        TrainedModel model =
                new Trainer(settings, "cpu")
                        .train(
                                Simulated.task(shape, 3),
                                Simulated.samples(2, 120, 8),
                                fresh,
                                report -> {},
                                () -> false);

        assertThat(model.history()).hasSize(model.bestEpoch() + 5);
        EpochReport best = model.history().get(model.bestEpoch() - 1);
        assertThat(model.history())
                .allMatch(report -> report.validationError() >= best.validationError());
        double expected = Math.sqrt(best.validationError());
        double scale = ModelContent.of(model.artefact()).targets().get(0).deviation();
        assertThat(Simulated.error(model.artefact(), fresh) / scale)
                .isCloseTo(expected, within(1e-4));
    }

    @Test
    void fusionWeightsFollowWhatModalitiesKnowAndThenFreeze() throws TrainingException {
        // The target is of the first modality alone.
        TrainingSamples lopsided = new TrainingSamples();
        for (int i = 0; i < samples.size(); i++) {
            double y = Math.tanh(samples.channels(i)[0][0]) + samples.channels(i)[0][1];
            lopsided.add(samples.channels(i), samples.present(i), new double[] {y}, i);
        }
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, 2, 2, 1);
        TrainedModel model = Simulated.train(Simulated.task(shape, 3), lopsided, 40);

        assertThat(model.history().get(0).fusion()).isEqualTo(FusionWeights.equal(2));
        assertThat(model.history().get(39).frozen()).isTrue();
        assertThat(ModelContent.of(model.artefact()).fusion().modality(0)).isGreaterThan(0.8);
        try (ModelEncoder encoder = new ModelEncoder(model.artefact(), "cpu")) {
            Decomposition decomposition =
                    LatentDecomposition.of(encoder, lopsided, PidDefinition.MMI);
            assertThat(decomposition.unique().get("a")).isGreaterThan(1);
        }
    }

    @Test
    void learnsFromRowsInWhichAModalityIsAbsent() throws TrainingException {
        ModelShape shape = Simulated.capable(EncoderType.PIDREG, 3);
        TrainingSamples gaps = Simulated.withGaps(Simulated.samples(3, 600, 5));
        ModelArtefact artefact = Simulated.train(Simulated.task(shape, 3), gaps, 40).artefact();
        TrainingSamples whole = Simulated.samples(3, 300, 6);

        assertThat(Simulated.error(artefact, whole)).isLessThan(0.8 * Simulated.spread(whole));
    }

    @Test
    void aCancelledTrainingEndsBeforeItsNextStep() {
        AtomicInteger asked = new AtomicInteger();
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, 2, 4, 1);

        assertThatThrownBy(
                        () ->
                                new Trainer(Simulated.quick(50, 1e-3), "cpu")
                                        .train(
                                                Simulated.task(shape, 1),
                                                samples,
                                                null,
                                                report -> {},
                                                () -> asked.incrementAndGet() > 3))
                .isInstanceOf(TrainingException.class)
                .hasMessage("training was cancelled after 3 steps")
                .asInstanceOf(InstanceOfAssertFactories.type(TrainingException.class))
                .returns(Reason.CANCELLED, TrainingException::reason);
    }

    @Test
    void aLossThatIsNotANumberEndsIt() {
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, 2, 4, 1);

        assertThatThrownBy(
                        () ->
                                new Trainer(Simulated.quick(50, 1e30), "cpu")
                                        .train(
                                                Simulated.task(shape, 1),
                                                samples,
                                                null,
                                                report -> {},
                                                () -> false))
                .asInstanceOf(InstanceOfAssertFactories.type(TrainingException.class))
                .returns(Reason.NOT_FINITE, TrainingException::reason);
    }

    @Test
    void tooFewRowsAreRefused() {
        ModelShape shape = Simulated.shape(EncoderType.PIDREG, 2, 4, 1);

        assertThatThrownBy(
                        () ->
                                Simulated.train(
                                        Simulated.task(shape, 1), Simulated.samples(2, 9, 1), 2))
                .hasMessage("there are 9 training rows, at least 16 are needed");
    }

    @Test
    void theNewestRowsAreHeldOutByTime() {
        TrainingSamples unordered = new TrainingSamples();
        for (int i = 0; i < 10; i++) {
            unordered.add(
                    new double[][] {{i}, {i}}, new boolean[] {true, true}, new double[] {i}, 9 - i);
        }
        TrainingSamples.Split split = unordered.split(0.2);

        assertThat(split.older().size()).isEqualTo(8);
        assertThat(split.newer().target(0)).containsExactly(1, 0);
    }
}
