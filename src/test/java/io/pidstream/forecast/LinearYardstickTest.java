package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.tables.FrameInputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearYardstickTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int LABELS = 120;

    /** From here on an asset's own experts take part beside the fleet's. */
    private static final int OWN = 8;

    /** The longest half-life is in the middle. */
    private static LearnerSettings settings(boolean history) {
        return new LearnerSettings(
                List.of("y"),
                history ? List.of("a", "b", "history") : List.of("a", "b"),
                history
                        ? List.of(List.of("a0"), List.of("b0"), List.of("y", "age"))
                        : List.of(List.of("a0"), List.of("b0")),
                PERIOD,
                List.of(PERIOD.multipliedBy(20), PERIOD.multipliedBy(200), PERIOD.multipliedBy(50)),
                PERIOD.multipliedBy(100),
                20,
                List.of(0.9),
                PidDefinition.MMI,
                history,
                0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheAssetsExpertOfTheChannelsWithTheLongestHalfLife(boolean history) {
        // With history, three experts that read it come first.
        assertIsExpert(settings(history), history ? 4 : 1, true);
    }

    @Test
    void isTheFleetsWhileTheAssetHasNone() {
        assertIsExpert(settings(false), 1, false);
    }

    @Test
    void isTheFleetsUntilTheAssetsOwnTakePart() {
        List<Forecast> made = run(settings(false), true, true);
        List<Forecast> ofFleet = run(settings(false), true, false);
        List<Forecast> own = run(settings(false), false, true);
        for (int n = 1; n < LABELS; n++) {
            double expected = (n < OWN ? ofFleet : own).get(n).yardsticks().linear();
            assertThat(made.get(n).yardsticks().linear())
                    .as("after %d labels", n)
                    .isEqualTo(expected);
        }
    }

    @Test
    void knowsNothingBeforeTheFirstLabel() {
        Forecast first = run(settings(false), true, true).get(0);
        assertThat(first.isKnown()).isFalse();
        assertThat(first.yardsticks().linear()).isNaN();
    }

    private static void assertIsExpert(LearnerSettings settings, int expert, boolean ownExperts) {
        FeatureLayout layout = new FeatureLayout(settings);
        Level level = ownExperts ? Level.ASSET : Level.FLEET;
        ScaledExperts alone = new ScaledExperts(settings, layout, level, true);
        List<Forecast> made = run(settings, !ownExperts, ownExperts);
        Random random = new Random(7);
        int compared = 0;
        for (int n = 0; n < LABELS; n++) {
            Row row = new Row(n, settings, random);
            if (n > 0) {
                assertThat(made.get(n).yardsticks().linear())
                        .isEqualTo(
                                alone.predictions(
                                                row.time, row.present, new FrameInputs(row.inputs))[
                                        expert]);
                compared++;
            }
            alone.learn(row.time, row.present, new FrameInputs(row.inputs), row.target);
            alone.advance();
        }
        assertThat(compared).isEqualTo(LABELS - 1);
    }

    /** The forecasts of one asset's rows, each made before its label is learned. */
    private static List<Forecast> run(
            LearnerSettings settings, boolean withFleet, boolean ownExperts) {
        FleetLearner fleet = new FleetLearner(settings, withFleet);
        AssetLearner asset = new AssetLearner(settings, ownExperts);
        Random random = new Random(7);
        List<Forecast> forecasts = new ArrayList<>();
        for (int n = 0; n < LABELS; n++) {
            Row row = new Row(n, settings, random);
            List<FleetForecast> ofFleet =
                    withFleet ? fleet.predict(row.time, row.present, row.inputs) : List.of();
            List<Forecast> made = asset.predict(row.time, row.present, row.inputs, ofFleet);
            forecasts.addAll(made);
            double[] target = {row.target};
            asset.learn(row.time, row.present, row.inputs, target, made);
            fleet.learn(
                    List.of(new LabelledFeatures("x", row.time, row.present, row.inputs, target)));
        }
        return forecasts;
    }

    /** One modality is absent from time to time. */
    private static final class Row {
        final long time;
        final ModalitySet present;
        final double[] inputs;
        final double target;

        Row(int n, LearnerSettings settings, Random random) {
            time = n * PERIOD.toMillis();
            int modalities = settings.modalities().size();
            present =
                    n % 7 == 6
                            ? ModalitySet.all(modalities).without(1)
                            : ModalitySet.all(modalities);
            inputs = random.doubles(new FeatureLayout(settings).features(), -1, 1).toArray();
            target = 3 + 2 * inputs[0] - inputs[1] + 0.1 * random.nextGaussian();
        }
    }
}
