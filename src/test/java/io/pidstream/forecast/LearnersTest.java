package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.format.Format;
import io.pidstream.format.FormatException;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.PrequentialMetrics;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnersTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** A plant of two assets; y = 3 + 2 a₀ − a₁ + 0.5 b₀ + an offset per asset + noise. */
    private static final class Plant {
        final LearnerSettings settings;
        final boolean withFleet;
        final boolean withOwn;
        FleetLearner fleet;
        final List<AssetLearner> assets = new ArrayList<>();
        final List<Forecast> forecasts = new ArrayList<>();
        final PrequentialMetrics metrics = new PrequentialMetrics();

        Plant(LearnerSettings settings, boolean withFleet, boolean withOwn) {
            this.settings = settings;
            this.withFleet = withFleet;
            this.withOwn = withOwn;
            fleet = new FleetLearner(settings, withFleet);
            assets.add(new AssetLearner(settings, withOwn));
            assets.add(new AssetLearner(settings, withOwn));
        }

        void slot(long number, int present, Random random) {
            double[][] latents = new double[assets.size()][];
            double[] targets = new double[assets.size()];
            for (int a = 0; a < assets.size(); a++) {
                latents[a] = random.doubles(assets.get(0).layout().features(), -1, 1).toArray();
                targets[a] = target(latents[a], a, random);
            }
            slot(number, present, latents, targets);
        }

        void slot(long number, int bits, double[][] latents, double[] targets) {
            long time = number * PERIOD.toMillis();
            ModalitySet present = new ModalitySet(bits);
            List<LabelledFeatures> labels = new ArrayList<>();
            for (int a = 0; a < assets.size(); a++) {
                List<FleetForecast> ofFleet =
                        withFleet ? fleet.predict(time, present, latents[a]) : List.of();
                List<Forecast> made = assets.get(a).predict(time, present, latents[a], ofFleet);
                Forecast forecast = made.get(0);
                forecasts.add(forecast);
                if (forecast.isKnown()) {
                    StreamRun.add(metrics, forecast, targets[a]);
                }
                double[] target = {targets[a]};
                assets.get(a).learn(time, present, latents[a], target, made);
                labels.add(new LabelledFeatures("asset-" + a, time, present, latents[a], target));
            }
            fleet.learn(labels);
        }

        Forecast last() {
            return forecasts.get(forecasts.size() - 1);
        }

        void restore() {
            fleet = LearnerFormat.ofFleet(settings).copy(fleet);
            assets.replaceAll(asset -> LearnerFormat.ofAssets(settings, withOwn).copy(asset));
        }
    }

    private static double target(double[] latents, int asset, Random random) {
        return 3
                + 2 * latents[0]
                - latents[1]
                + 0.5 * latents[2]
                + 4 * asset
                + 0.1 * random.nextGaussian();
    }

    private static LearnerSettings settings(int block, Long... halfLives) {
        return settings(List.of(2, 2), block, halfLives);
    }

    private static LearnerSettings settings(List<Integer> sizes, int block, Long... halfLives) {
        return new LearnerSettings(
                List.of("y"),
                List.of("thermal", "vibration"),
                sizes.stream()
                        .map(n -> IntStream.range(0, n).mapToObj(i -> "c" + i).toList())
                        .toList(),
                PERIOD,
                List.of(halfLives).stream().map(PERIOD::multipliedBy).toList(),
                PERIOD.multipliedBy(500),
                block,
                0.9,
                PidDefinition.MMI);
    }

    private static Plant plant() {
        return new Plant(settings(50, 30L, 300L), true, true);
    }

    @Test
    void learnsALinearTargetAndKeepsItsIntervals() {
        Plant plant = plant();
        Random random = new Random(1);
        for (int t = 0; t < 3000; t++) {
            plant.slot(t, 0b11, random);
        }

        assertThat(plant.metrics.meanAbsoluteError()).isLessThan(0.12);
        assertThat(plant.metrics.coverage()).isBetween(0.88, 0.92);
        assertThat(plant.metrics.rSquared()).isGreaterThan(0.99);
    }

    @Test
    void contributionsAndBaselineAddUpToThePrediction() {
        Plant plant = plant();
        Random random = new Random(2);
        for (int t = 0; t < 500; t++) {
            plant.slot(t, 1 + random.nextInt(3), random);
        }

        for (Forecast forecast : plant.forecasts) {
            if (forecast.isKnown()) {
                double sum = forecast.baseline();
                for (double contribution : forecast.contributions()) {
                    sum += contribution;
                }
                double prediction = forecast.prediction();
                assertThat(sum).isCloseTo(prediction, within(1e-9 * Math.abs(prediction)));
            }
        }
    }

    @Test
    void attributesTheTargetToTheModalityThatCarriesIt() {
        Plant plant = new Plant(settings(50, 300L), true, true);
        Random random = new Random(3);
        for (int t = 0; t < 1000; t++) {
            plant.slot(t, 0b11, random);
        }
        double[] latents = {1, -1, 0, 0};

        Forecast forecast =
                plant.assets
                        .get(0)
                        .predict(
                                1000 * PERIOD.toMillis(), new ModalitySet(0b11), latents, List.of())
                        .get(0);

        assertThat(forecast.contributions()[0]).isCloseTo(3, within(0.15));
        assertThat(forecast.contributions()[1]).isCloseTo(0, within(0.1));
    }

    @Test
    void hasNoPredictionBeforeAnyLabel() {
        LearnerSettings settings = settings(50, 100L);
        List<FleetForecast> fleet =
                new FleetLearner(settings, true).predict(0, new ModalitySet(0b11), new double[4]);

        Forecast forecast =
                new AssetLearner(settings, true)
                        .predict(0, new ModalitySet(0b11), new double[4], fleet)
                        .get(0);

        assertThat(fleet.get(0).isKnown()).isFalse();
        assertThat(forecast.isKnown()).isFalse();
        assertThatThrownBy(forecast::prediction)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before any label");
    }

    /** On average over fleets: of one fleet of two assets a forecast is wrong by chance. */
    @Test
    void predictsANewAssetFromWhatTheFleetKnows() {
        double sum = 0;
        int fleets = 6;
        for (int seed = 1; seed <= fleets; seed++) {
            Forecast forecast = ofNewAsset(new Random(seed));
            assertThat(forecast.upper() - forecast.lower()).isBetween(2.0, 20.0);
            sum += forecast.prediction();
        }

        // The assets' offsets are 0 and 4.
        assertThat(sum / fleets).isCloseTo(3 + 1 + 0.5 + 0.1 + 2, within(0.3));
    }

    private static Forecast ofNewAsset(Random random) {
        Plant plant = plant();
        for (int t = 0; t < 500; t++) {
            plant.slot(t, 0b11, random);
        }
        long time = 500 * PERIOD.toMillis();
        double[] latents = {0.5, -0.5, 0.2, 0};
        List<FleetForecast> fleet = plant.fleet.predict(time, new ModalitySet(0b11), latents);
        return new AssetLearner(plant.settings, true)
                .predict(time, new ModalitySet(0b11), latents, fleet)
                .get(0);
    }

    @Test
    void continuesToLearnWhenAModalityIsPermanentlyAbsent() {
        Plant plant = plant();
        Random random = new Random(5);
        for (int t = 0; t < 500; t++) {
            plant.slot(t, 0b11, random);
        }
        for (int t = 500; t < 1500; t++) {
            plant.slot(t, 0b01, random);
        }

        Forecast forecast = plant.last();
        assertThat(forecast.contributions()[1]).isZero();
        // 0.5 b₀ is noise now, of mean absolute value 0.25.
        PrequentialMetrics after = new PrequentialMetrics();
        for (int t = 1500; t < 2000; t++) {
            double[] latents = random.doubles(4, -1, 1).toArray();
            long time = t * PERIOD.toMillis();
            Forecast f =
                    plant.assets
                            .get(0)
                            .predict(
                                    time,
                                    new ModalitySet(0b01),
                                    latents,
                                    plant.fleet.predict(time, new ModalitySet(0b01), latents))
                            .get(0);
            double y = target(latents, 0, random);
            StreamRun.add(after, f, y);
            plant.assets
                    .get(0)
                    .learn(time, new ModalitySet(0b01), latents, new double[] {y}, List.of(f));
        }
        assertThat(after.meanAbsoluteError()).isLessThan(0.32);
    }

    @Test
    void predictsAPatternNeverSeenFromTheLargestPartThatWas() {
        Plant plant = plant();
        Random random = new Random(6);
        for (int t = 0; t < 300; t++) {
            plant.slot(t, 0b01, random);
        }

        plant.slot(300, 0b11, random);
        assertThat(plant.last().contributions()[0]).isNotZero();
        assertThat(plant.last().contributions()[1]).isZero();

        plant.slot(301, 0b10, random);
        assertThat(plant.last().prediction()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 40, 400})
    void recoversFromOneWildValue(int when) {
        Plant wild = plant();
        Random random = new Random(7);
        for (int t = 0; t < 600; t++) {
            if (t == when) {
                double[][] latents = {{1e100, 0, 0, 0}, {0, 0, 0, -1e100}};
                wild.slot(t, 0b11, latents, new double[] {1e100, -1e300});
            } else {
                wild.slot(t, 0b11, random);
            }
        }
        PrequentialMetrics after = new PrequentialMetrics();
        for (int t = 600; t < 900; t++) {
            double[][] latents = {
                random.doubles(4, -1, 1).toArray(), random.doubles(4, -1, 1).toArray()
            };
            double[] targets = {target(latents[0], 0, random), target(latents[1], 1, random)};
            wild.slot(t, 0b11, latents, targets);
            StreamRun.add(after, wild.last(), targets[1]);
        }

        assertThat(after.meanAbsoluteError()).isLessThan(0.15);
        assertThat(after.meanWidth()).isLessThan(1);
    }

    @Test
    void toleratesConstantAndDuplicatedChannels() {
        Plant plant = plant();
        Random random = new Random(8);
        for (int t = 0; t < 400; t++) {
            double[][] latents = new double[2][];
            double[] targets = new double[2];
            for (int a = 0; a < 2; a++) {
                double x = random.nextGaussian();
                latents[a] = new double[] {x, 7, x, x};
                targets[a] = 5 + 2 * x + 0.1 * random.nextGaussian();
            }
            plant.slot(t, 0b11, latents, targets);
        }

        assertThat(plant.metrics.meanAbsoluteError()).isLessThan(0.2);
    }

    @Test
    void predictsAConstantTargetAndSaysThatItCannotBeExplained() {
        Plant plant = plant();
        Random random = new Random(9);
        for (int t = 0; t < 200; t++) {
            double[][] latents = {
                random.doubles(4, -1, 1).toArray(), random.doubles(4, -1, 1).toArray()
            };
            plant.slot(t, 0b11, latents, new double[] {125, 125});
        }

        assertThat(plant.last().prediction()).isEqualTo(125, within(1e-9));
        assertThat(plant.assets.get(0).explanation().decomposition().isDefined()).isFalse();
        assertThat(plant.assets.get(0).explanation().decomposition().reason()).isNotBlank();
    }

    @Test
    void staysFiniteWithMoreLatentsThanLabels() {
        LearnerSettings wide = settings(List.of(60, 60), 50, 30L, 300L);
        Plant plant = new Plant(wide, true, true);
        Random random = new Random(10);
        for (int t = 0; t < 40; t++) {
            plant.slot(t, 0b11, random);
        }

        assertThat(plant.last().prediction()).isFinite();
        assertThat(plant.metrics.meanAbsoluteError()).isLessThan(4);
        assertThat(plant.fleet.explanation().decomposition().reason()).contains("too few samples");
    }

    @Test
    void completesBlocksAndExplainsThem() {
        Plant plant = plant();
        Random random = new Random(11);
        List<Integer> assetBlocks = new ArrayList<>();
        List<Integer> fleetBlocks = new ArrayList<>();
        for (int t = 1; t <= 150; t++) {
            plant.slot(t, 0b11, random);
            if (plant.assets.get(0).blockCompleted()) {
                assetBlocks.add(t);
            }
            if (plant.fleet.blockCompleted()) {
                fleetBlocks.add(t);
            }
        }

        assertThat(assetBlocks).containsExactly(50, 100, 150);
        assertThat(fleetBlocks).containsExactly(25, 50, 75, 100, 125, 150);
        RollingExplanation rolling = plant.assets.get(0).explanation();
        RollingExplanation block = plant.assets.get(0).blockExplanation();
        assertThat(rolling.labelledFrames()).isEqualTo(150);
        assertThat(rolling.time()).isEqualTo(150 * PERIOD.toMillis());
        assertThat(rolling.decomposition().effectiveSamples()).isBetween(145.0, 150.0);
        assertThat(block.decomposition().effectiveSamples()).isBetween(49.0, 50.0);
        assertThat(rolling.decomposition().conditional().get("thermal"))
                .isGreaterThan(rolling.decomposition().conditional().get("vibration"));
    }

    @Test
    void saysHowManySamplesAnExplanationNeeds() {
        Plant plant = plant();
        Random random = new Random(12);
        for (int t = 0; t < 5; t++) {
            plant.slot(t, 0b11, random);
        }

        assertThat(plant.assets.get(0).explanation().labelledFrames()).isEqualTo(5);
        assertThat(plant.assets.get(0).explanation().decomposition().reason())
                .contains("too few samples", "are needed");
        assertThatThrownBy(() -> plant.assets.get(0).blockExplanation())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5 of 50");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 20, 63, 150})
    void continuesBitForBitAfterARestore(int restoreAfter) {
        Plant straight = plant();
        Plant restored = plant();
        Random one = new Random(13);
        Random two = new Random(13);
        for (int t = 0; t < 220; t++) {
            if (t == restoreAfter) {
                restored.restore();
            }
            straight.slot(t, 1 + one.nextInt(3), one);
            restored.slot(t, 1 + two.nextInt(3), two);
        }

        assertThat(restored.forecasts).isEqualTo(straight.forecasts);
        assertThat(bytes(restored.fleet)).isEqualTo(bytes(straight.fleet));
        assertThat(bytes(restored.assets.get(1))).isEqualTo(bytes(straight.assets.get(1)));
        assertThat(restored.fleet.explanation()).isEqualTo(straight.fleet.explanation());
        assertThat(restored.assets.get(0).explanation())
                .isEqualTo(straight.assets.get(0).explanation());
    }

    /** At an age at which an expert of a long half-life is not solved anew for every label. */
    @ParameterizedTest
    @ValueSource(ints = {700, 701, 903})
    void keepsTheExpertsThatItHadSolvedAcrossARestore(int restoreAfter) {
        LearnerSettings settings = settings(50, 30L, 3000L);
        Plant straight = new Plant(settings, true, true);
        Plant restored = new Plant(settings, true, true);
        Random one = new Random(16);
        Random two = new Random(16);
        for (int t = 0; t < 1000; t++) {
            if (t == restoreAfter) {
                restored.restore();
            }
            straight.slot(t, t % 5 == 0 ? 0b01 : 0b11, one);
            restored.slot(t, t % 5 == 0 ? 0b01 : 0b11, two);
        }

        assertThat(restored.forecasts).isEqualTo(straight.forecasts);
        assertThat(bytes(restored.fleet)).isEqualTo(bytes(straight.fleet));
        assertThat(bytes(restored.assets.get(0))).isEqualTo(bytes(straight.assets.get(0)));
    }

    @Test
    void forecastsTravelBitForBit() {
        Plant plant = plant();
        Random random = new Random(14);
        for (int t = 0; t < 50; t++) {
            plant.slot(t, 0b11, random);
        }
        FleetForecast fleet =
                plant.fleet
                        .predict(50 * PERIOD.toMillis(), new ModalitySet(0b01), new double[4])
                        .get(0);

        assertThat(travelled(FleetForecast.FORMAT, fleet))
                .isEqualTo(fleet)
                .hasSameHashCodeAs(fleet);
        assertThat(travelled(Forecast.FORMAT, plant.last()))
                .isEqualTo(plant.last())
                .hasSameHashCodeAs(plant.last());
    }

    private static <T> T travelled(Format<T> format, T value) {
        return Wire.copy(out -> format.write(value, out), in -> format.read(in, Versions.CURRENT));
    }

    @Test
    void refusesStateOfOtherSettingsAndNamesWhatDiffers() {
        Format<AssetLearner> written = LearnerFormat.ofAssets(settings(50, 30L, 300L), true);
        Format<AssetLearner> others =
                LearnerFormat.ofAssets(settings(List.of(2, 3), 60, 30L, 500L), false);

        assertThatThrownBy(() -> others.requireCompatible(written))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "the state was learned under another configuration: the channels of the"
                                + " modalities: [[c0, c1], [c0, c1]], now [[c0, c1], [c0, c1, c2]];"
                                + " learning.half-lives: [PT30M, PT5H], now [PT30M, PT8H20M];"
                                + " learning.block: 50, now 60; learning.levels has asset: true,"
                                + " now false. Start without the state, or with the configuration"
                                + " it was learned under");
    }

    @Test
    void refusesInputsThatAreNotFiniteUnlessTheirModalityIsAbsent() {
        AssetLearner asset = new AssetLearner(settings(50, 30L), true);
        double[] latents = {1, 2, Double.NaN, 4};

        asset.learn(0, new ModalitySet(0b01), latents, new double[] {1}, List.of());
        assertThatThrownBy(
                        () ->
                                asset.learn(
                                        0,
                                        new ModalitySet(0b11),
                                        latents,
                                        new double[] {1},
                                        List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 2 is NaN");
        assertThatThrownBy(() -> asset.predict(0, new ModalitySet(0b01), new double[3], List.of()))
                .hasMessage("frame has 3 inputs, expected 4");
    }

    @Test
    void assetsAloneAndFleetAloneLearnToo() {
        for (boolean[] levels : new boolean[][] {{true, false}, {false, true}}) {
            Plant plant = new Plant(settings(50, 30L, 300L), levels[0], levels[1]);
            Random random = new Random(15);
            for (int t = 0; t < 1000; t++) {
                plant.slot(t, 0b11, random);
            }
            assertThat(plant.metrics.rSquared()).isGreaterThan(0.9);
            assertThat(plant.fleet.explanation().decomposition().isDefined()).isTrue();
        }
    }

    private static byte[] bytes(Learner<?> learner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            learner.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
