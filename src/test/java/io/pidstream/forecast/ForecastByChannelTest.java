package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.tables.FrameInputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastByChannelTest {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** A fleet of one asset, and what it reads. */
    private static final class Plant {
        final LearnerSettings settings;
        final Random random;
        FleetLearner fleet;
        AssetLearner asset;

        /** By how much its inputs and targets are larger than 1. */
        final double unit;

        Plant(LearnerSettings settings, boolean ownExperts, double unit, long seed) {
            this.settings = settings;
            this.unit = unit;
            random = new Random(seed);
            fleet = new FleetLearner(settings, true);
            asset = new AssetLearner(settings, ownExperts);
        }

        /** A frame with any present modalities and its label, which follows the first features. */
        List<ForecastByChannel> slot(long number) {
            int latents = settings.sensors() * settings.latent();
            double[] inputs = random.doubles(features() + latents, -unit, unit).toArray();
            ModalitySet present =
                    new ModalitySet(1 + random.nextInt((1 << settings.modalities().size()) - 1));
            double[] target = new double[settings.targets().size()];
            for (int t = 0; t < target.length; t++) {
                target[t] =
                        3 * unit
                                + 2 * inputs[t]
                                + (inputs[t] > 0 ? inputs[t + 1] : 0)
                                + (number % 50 == 49 ? 40 * unit : 0);
            }
            return slot(number, present, inputs, target);
        }

        private int features() {
            return asset.layout().features();
        }

        List<ForecastByChannel> slot(
                long number, ModalitySet present, double[] inputs, double[] target) {
            long time = number * PERIOD.toMillis();
            List<FleetForecast> ofFleet =
                    fleet.predict(time, present, new FrameInputs(inputs), true);
            List<ForecastByChannel> made = asset.predictByChannel(time, present, inputs, ofFleet);
            List<Forecast> forecasts = made.stream().map(ForecastByChannel::forecast).toList();
            asset.learn(time, present, inputs, target, forecasts);
            fleet.learn(List.of(new LabelledFeatures("p", time, present, inputs, target)));
            assertSums(made, present);
            return made;
        }

        private void assertSums(List<ForecastByChannel> made, ModalitySet present) {
            for (ForecastByChannel each : made) {
                if (!each.forecast().isKnown()) {
                    assertThat(each.channels()).isEmpty();
                    continue;
                }
                assertThat(each.channels()).hasSize(features());
                double[] sums = new double[settings.modalities().size()];
                double[] magnitudes = new double[sums.length];
                for (int i = 0; i < features(); i++) {
                    int modality = asset.layout().modalityOf(i);
                    sums[modality] += each.channels()[i];
                    magnitudes[modality] += Math.abs(each.channels()[i]);
                    assertThat(present.contains(modality) || each.channels()[i] == 0).isTrue();
                }
                for (int m = 0; m < sums.length; m++) {
                    assertThat(sums[m])
                            .isCloseTo(
                                    each.forecast().contributions()[m],
                                    within(1e-9 * magnitudes[m]));
                }
            }
        }

        void restore() {
            fleet = LearnerFormat.ofFleet(settings).copy(fleet);
            asset = LearnerFormat.ofAssets(settings, asset.withExperts).copy(asset);
        }
    }

    private static LearnerSettings settings(int targets, boolean history, int latent) {
        List<String> names = IntStream.range(0, targets).mapToObj(t -> "y" + t).toList();
        List<String> modalities = new ArrayList<>(List.of("gas", "air"));
        List<List<String>> channels =
                new ArrayList<>(List.of(List.of("CO", "NO.x"), List.of("T", "RH", "AH")));
        if (history) {
            modalities.add("history");
            List<String> known = new ArrayList<>(names);
            known.add("age");
            channels.add(known);
        }
        return new LearnerSettings(
                names,
                modalities,
                channels,
                PERIOD,
                List.of(PERIOD.multipliedBy(30), PERIOD.multipliedBy(300)),
                PERIOD.multipliedBy(500),
                50,
                List.of(0.9),
                PidDefinition.MMI,
                history,
                latent);
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, 0, true, 1",
        "1, true, 0, true, 1",
        "2, true, 0, false, 1",
        "1, false, 2, true, 1",
        "2, true, 2, true, 1",
        "1, true, 0, true, 1e25",
        "1, true, 0, true, 1e-30"
    })
    void theChannelsOfAModalitySumToItsContribution(
            int targets, boolean history, int latent, boolean ownExperts, double unit) {
        Plant plant = new Plant(settings(targets, history, latent), ownExperts, unit, 7);
        for (int n = 0; n < 300; n++) {
            plant.slot(n);
        }
    }

    @Test
    void aLinearSignalIsThatOfItsChannels() {
        Plant plant = new Plant(settings(1, false, 0), true, 1, 3);
        double[] inputs = new double[5];
        for (int n = 0; n < 1000; n++) {
            inputs = plant.random.doubles(5, -1, 1).toArray();
            plant.slot(n, ModalitySet.all(2), inputs, target(inputs));
        }
        inputs = new double[] {1, -1, 0, 0.5, 0.9};

        double[] channels =
                plant.slot(1000, ModalitySet.all(2), inputs, target(inputs)).get(0).channels();

        assertThat(channels).containsExactly(new double[] {2, 1, 0, 0.5, 0}, within(0.15));
    }

    private static double[] target(double[] inputs) {
        return new double[] {3 + 2 * inputs[0] - inputs[1] + inputs[3]};
    }

    @Test
    void channelsGoOnAfterARestoreAsIfNothingHadHappened() {
        Plant plant = new Plant(settings(2, true, 0), true, 1, 5);
        Plant restored = new Plant(settings(2, true, 0), true, 1, 5);
        for (int n = 0; n < 400; n++) {
            if (n == 3 || n == 17 || n == 150) {
                restored.restore();
            }
            assertThat(restored.slot(n)).isEqualTo(plant.slot(n));
        }
    }

    /** As of a fleet of another program, or where nobody asked. */
    @Test
    void channelsAreUnknownWhereTheFleetsAre() {
        Plant plant = new Plant(settings(1, false, 0), true, 1, 5);
        for (int n = 0; n < 50; n++) {
            plant.slot(n);
        }
        ModalitySet present = ModalitySet.all(2);
        double[] inputs = {1, 0, 0, 0, 0};
        long time = 50 * PERIOD.toMillis();
        List<FleetForecast> fleet = plant.fleet.predict(time, present, inputs);
        List<FleetForecast> split =
                plant.fleet.predict(time, present, new FrameInputs(inputs), true);

        ForecastByChannel made = plant.asset.predictByChannel(time, present, inputs, fleet).get(0);
        Forecast withChannels = plant.asset.predict(time, present, inputs, split).get(0);

        assertThat(made.channels()).isEmpty();
        assertThat(made.forecast().contributions()).isEqualTo(withChannels.contributions());
        assertThat(made.forecast().prediction()).isEqualTo(withChannels.prediction());
    }

    @Test
    void channelsAreNamedWithTheirModalityAndThoseOfAbsentOnesAreLeftOut() {
        FeatureLayout layout = new FeatureLayout(settings(2, true, 2));
        double[] parts = DoubleStream.iterate(1, x -> x + 1).limit(layout.features()).toArray();

        Map<String, Double> all = layout.byName(ModalitySet.all(3), parts);

        assertThat(all.keySet())
                .containsExactly(
                        "gas.CO",
                        "gas.NO.x",
                        "gas.encoder",
                        "air.T",
                        "air.RH",
                        "air.AH",
                        "air.encoder",
                        "history.y0",
                        "history.y1",
                        "history.age");
        assertThat(all).containsEntry("gas.encoder", 3.0 + 4).containsEntry("history.age", 12.0);
        assertThat(all.values().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(Arrays.stream(parts).sum());
        assertThat(layout.byName(ModalitySet.of(0), parts).keySet())
                .containsExactly("gas.CO", "gas.NO.x", "gas.encoder");
        assertThat(layout.byName(ModalitySet.all(3), new double[0])).isEmpty();
    }
}
