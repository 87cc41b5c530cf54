package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A version's learner that begins with what the active one knows. y = a x b, linearly unknowable.
 */
class ForkedLearnersTest {
    private static final long PERIOD = 60_000;
    private static final ModalitySet BOTH = ModalitySet.all(2);
    private static final int LATENT = 2;
    private static final LearnerSettings IDENTITY =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a"), List.of("b")),
                    Duration.ofMillis(PERIOD),
                    List.of(Duration.ofMillis(100 * PERIOD), Duration.ofMillis(1000 * PERIOD)),
                    Duration.ofMillis(1000 * PERIOD),
                    50,
                    0.9,
                    PidDefinition.MMI);
    private static final LearnerSettings TRAINED = IDENTITY.forLatent(LATENT);

    private final Random random = new Random(3);

    /** A fleet of one asset, under one version. */
    private record Pair(FleetLearner fleet, AssetLearner asset) {
        Pair(LearnerSettings settings) {
            this(new FleetLearner(settings, true), new AssetLearner(settings, true));
        }

        Pair forked(LearnerSettings settings) {
            return new Pair(fleet.forked(settings), asset.forked(settings));
        }

        double predict(long slot, double[] inputs) {
            return made(slot, inputs).get(0).prediction();
        }

        private List<Forecast> made(long slot, double[] inputs) {
            return asset.predict(
                    slot * PERIOD, BOTH, inputs, fleet.predict(slot * PERIOD, BOTH, inputs));
        }

        /** The error of the prediction. */
        double learn(long slot, double[] inputs, double y) {
            List<Forecast> made = made(slot, inputs);
            double[] target = {y};
            asset.learn(slot * PERIOD, BOTH, inputs, target, made);
            fleet.learn(List.of(new LabelledFeatures("one", slot * PERIOD, BOTH, inputs, target)));
            return made.get(0).isKnown() ? Math.abs(made.get(0).prediction() - y) : 0;
        }
    }

    /** Linear in the channels, with noise. */
    private static double linear(double a, double b, Random random) {
        return 5 + 2 * a - b + 0.1 * random.nextGaussian();
    }

    /** Channels beside the network's shares, then latents, of which learners only explain. */
    private static double[] inputs(double a, double shareA, double b, double shareB) {
        return new double[] {a, shareA, b, shareB, a, shareA, b, shareB};
    }

    private Pair learned(int slots) {
        Pair pair = new Pair(IDENTITY);
        for (int slot = 0; slot < slots; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            pair.learn(slot, new double[] {a, b}, linear(a, b, random));
        }
        return pair;
    }

    @Test
    void predictsFromTheStartAsTheOneThatItComesFrom() {
        Pair identity = learned(300);
        Pair version = identity.forked(TRAINED);

        for (int i = 0; i < 10; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            assertThat(version.predict(300, inputs(a, 9, b, -9)))
                    .isCloseTo(identity.predict(300, new double[] {a, b}), within(1e-6));
        }
    }

    @Test
    void theDecompositionGoesOnWhereLatentsMeanTheSameAndBeginsAnewElsewhere() {
        Pair version = learned(60).forked(TRAINED);
        for (int slot = 60; slot < 260; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            version.learn(slot, inputs(a, 2 * a, b, -b), linear(a, b, random));
        }
        Pair anew = version.forked(TRAINED);
        Pair on = version.forked(TRAINED);
        on.asset().explainOnFrom(version.asset());
        on.fleet().explainOnFrom(version.fleet());
        Pair ofOtherShape = version.forked(TRAINED.forLatent(5));
        ofOtherShape.asset().explainOnFrom(version.asset());

        assertThat(anew.asset().explanation().labelledFrames()).isZero();
        assertThat(ofOtherShape.asset().explanation().labelledFrames()).isZero();
        for (Learner<?> learner : List.of(on.asset(), on.fleet())) {
            assertThat(learner.explanation().labelledFrames()).isEqualTo(200);
            assertThat(learner.explanation().decomposition().isDefined()).isTrue();
        }
        for (int slot = 260; slot < 310; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double y = linear(a, b, random);
            version.learn(slot, inputs(a, 2 * a, b, -b), y);
            on.learn(slot, inputs(a, 2 * a, b, -b), y);
        }
        assertThat(on.asset().explanation()).isEqualTo(version.asset().explanation());
        assertThat(on.asset().blockCompleted()).isTrue();
    }

    @Test
    void aVersionOfAnotherKindKeepsWhatIsKnownOfTheChannels() {
        Pair network = learned(300).forked(TRAINED);
        for (int slot = 300; slot < 400; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            network.learn(slot, inputs(a, 0, b, 0), linear(a, b, random));
        }
        Pair trees = network.forked(IDENTITY.forLatent(1).forLatent(3));
        double error = 0;
        for (int slot = 400; slot < 440; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double[] frame = {a, 5, b, 5, 0, 0, 0, 0, 0, 0};
            error += Math.abs(trees.predict(slot, frame) - linear(a, b, random)) / 40;
        }
        assertThat(error).isLessThan(0.3);
    }

    @Test
    void doesNotChangeTheOriginal() {
        Pair identity = learned(300);
        double[] frame = {0.3, -0.4};
        double before = identity.forked(IDENTITY).predict(300, frame);
        Pair version = identity.forked(TRAINED);
        for (int slot = 300; slot < 400; slot++) {
            version.learn(slot, inputs(1, 1, 1, 1), 100);
        }

        assertThat(identity.predict(300, frame)).isEqualTo(before);
    }

    @Test
    void aNetworkThatIsOfNoUseCostsNextToNothing() {
        Pair identity = learned(300);
        Pair version = identity.forked(TRAINED);
        double withIt = 0;
        double without = 0;
        for (int slot = 300; slot < 1300; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double y = linear(a, b, random);
            without += identity.learn(slot, new double[] {a, b}, y);
            double noise = 50 * random.nextGaussian();
            withIt += version.learn(slot, inputs(a, noise, b, -3 * noise), y);
        }

        assertThat(withIt).isLessThan(1.02 * without);
    }

    @Test
    void aNetworkThatKnowsWhatChannelsDoNotIsTakenUp() {
        Pair identity = new Pair(IDENTITY);
        Pair version = null;
        double withIt = 0;
        double without = 0;
        for (int slot = 0; slot < 800; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            // Waves that neither lines nor tables follow.
            double wave = Math.sin(8 * a) * Math.sin(8 * b);
            double y = wave + 0.1 * random.nextGaussian();
            double[] channels = {a, b};
            if (slot == 300) {
                version = identity.forked(TRAINED);
            }
            double error = identity.learn(slot, channels, y);
            if (version != null) {
                without += error;
                withIt += version.learn(slot, inputs(a, wave / 2, b, wave / 2), y);
            }
        }

        assertThat(withIt).isLessThan(0.4 * without);
    }

    @Test
    void theNextVersionTakesOverTheExpertsOnShares() {
        Pair version = new Pair(TRAINED);
        for (int slot = 0; slot < 400; slot++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            version.learn(slot, inputs(a, a * b / 2, b, a * b / 2), a * b);
        }

        Pair next = version.forked(TRAINED.forLatent(5));

        double[] frame = {0.5, 0.3, 1.2, 0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(next.predict(400, frame)).isCloseTo(0.6, within(0.05));
        assertThat(next.asset().explanation().labelledFrames()).isZero();
    }

    @Test
    void goesOnTheSameAfterARestore() {
        Pair version = learned(300).forked(TRAINED);
        for (int slot = 300; slot < 350; slot++) {
            version.learn(slot, inputs(slot % 7, 0.5, slot % 5, 1.5), slot % 3);
        }

        Pair restored =
                new Pair(
                        LearnerFormat.ofFleet(TRAINED).copy(version.fleet()),
                        LearnerFormat.ofAssets(TRAINED, true).copy(version.asset()));

        for (int slot = 350; slot < 360; slot++) {
            double[] frame = inputs(slot % 7, 0.25, slot % 5, 2);
            assertThat(restored.predict(slot, frame)).isEqualTo(version.predict(slot, frame));
            restored.learn(slot, frame, 1);
            version.learn(slot, frame, 1);
        }
    }
}
