package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Learners of this program from the state of one that had fewer kinds of experts. */
class ExpertGroupsTest {
    private static final ModalitySet BOTH = ModalitySet.all(2);
    private static final LearnerSettings IDENTITY =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a0"), List.of("b0")),
                    Duration.ofMinutes(1),
                    List.of(Duration.ofHours(1), Duration.ofHours(10)),
                    Duration.ofHours(10),
                    50,
                    0.9,
                    PidDefinition.MMI);
    private static final LearnerSettings TRAINED = IDENTITY.forLatent(1);
    private static final FeatureLayout LAYOUT = new FeatureLayout(TRAINED);

    /** As if experts that see channels and shares together had not existed. */
    private static Versions withoutOfAll() {
        Map<String, Integer> versions = new TreeMap<>(AssetLearner.PART.versions());
        versions.remove(LinearKind.OF_ALL.part().name());
        versions.remove(SharesKind.AS_THEY_ARE.part().name());
        versions.remove(ConstantKind.OF_MEAN.part().name());
        return Versions.of(versions);
    }

    private static double[] features(int n) {
        return new double[] {n % 3, n % 5, n % 7, n % 2};
    }

    private static ScaledFrame frame(int n) {
        return new ScaledFrame(n * 60_000L, BOTH, features(n), features(n));
    }

    private static ExpertGroup learned(ExpertKind kind) {
        ExpertGroup group = kind.create(TRAINED, LAYOUT);
        for (int n = 0; n < 40; n++) {
            double target = n % 3 - 0.5 * (n % 7);
            group.learn(frame(n), target, target);
            group.advance();
        }
        return group;
    }

    @Test
    void aKindThatIsNewBeginsWithNothingLearnedAndTheOthersContinue() {
        ExpertGroup channels = learned(LinearKind.OF_CHANNELS);
        ExpertGroup shares = learned(LinearKind.OF_SHARES);

        ExpertGroups read =
                Wire.copy(
                        out -> {
                            channels.writeTo(out);
                            shares.writeTo(out);
                        },
                        in ->
                                ExpertGroups.readFrom(
                                        in, withoutOfAll(), TRAINED, LAYOUT, Level.ASSET));
        ExpertForecasts said = read.predict(frame(3), new Scale(0, 1), true);

        assertThat(said.size()).isEqualTo(8);
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7))
                .filteredOn(said::isAwake)
                .containsExactly(0, 1, 4, 5);
        assertThat(said.prediction(1))
                .isEqualTo(channels.predict(frame(3), new Scale(0, 1)).prediction(1));
        assertThat(said.prediction(4))
                .isEqualTo(shares.predict(frame(3), new Scale(0, 1)).prediction(0));
    }

    @Test
    void anExpertSaysWhatTheVersionSaysAboutTheMeanOfWhatItLeaves() {
        ExpertGroup shares = SharesKind.AS_THEY_ARE.create(TRAINED, LAYOUT);
        assertThat(shares.isAwake()).isFalse();
        for (int n = 0; n < 70; n++) {
            double[] x = features(n);
            shares.learn(frame(n), 100 + x[1] + x[3], 0);
        }
        ExpertForecasts said = shares.predict(frame(9), new Scale(0, 1), true);
        assertThat(said.baselines()[0]).isCloseTo(100, within(1e-9));
        assertThat(said.contributions()).containsExactly(features(9)[1], features(9)[3]);
        assertThat(said.channels())
                .containsExactly(0, (float) features(9)[1], 0, (float) features(9)[3]);
        ScaledFrame gap = new ScaledFrame(0, ModalitySet.of(0), features(9), features(9));
        assertThat(shares.predict(gap, new Scale(0, 1)).contributions())
                .containsExactly(features(9)[1], 0);
        ExpertGroup copy =
                Wire.copy(
                        shares::writeTo,
                        in -> SharesKind.AS_THEY_ARE.read(in, Versions.CURRENT, TRAINED, LAYOUT));
        assertThat(copy.predict(frame(9), new Scale(0, 1), true)).isEqualTo(said);
    }

    @Test
    void theWeightsOfFormerExpertsKeepTheirPlaces() throws FormatException {
        assertThat(ExpertGroups.size(TRAINED, Level.ASSET)).isEqualTo(8);
        assertThat(ExpertGroups.size(TRAINED, Level.ASSET, withoutOfAll())).isEqualTo(4);
        assertThat(ExpertGroups.places(TRAINED, Level.ASSET, withoutOfAll()))
                .containsExactly(0, 1, 4, 5);
        assertThat(ExpertGroups.places(IDENTITY, TRAINED, Level.ASSET)).containsExactly(0, 1, 7);

        Mixture former = new Mixture(4);
        former.seed(new double[] {0.4, 0.3, 0.2, 0.1}, 1);
        Mixture extended =
                former.extended(8, 1, ExpertGroups.places(TRAINED, Level.ASSET, withoutOfAll()));
        double[] weights = extended.weights();
        assertThat(weights[0] / weights[5]).isEqualTo(4, within(1e-9));
        assertThat(weights[2]).isEqualTo(weights[3]).isLessThan(weights[5]);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(1, within(1e-12));
    }

    @Test
    void everyKindIsAPartOfTheStateOfLearners() {
        assertThat(ExpertKinds.ALL)
                .extracting(ExpertKind::part)
                .extracting(Part::name)
                .allSatisfy(
                        name -> {
                            assertThat(AssetLearner.PART.versions()).containsKey(name);
                            assertThat(FleetLearner.PART.versions()).containsKey(name);
                        })
                .doesNotHaveDuplicates();
    }
}
