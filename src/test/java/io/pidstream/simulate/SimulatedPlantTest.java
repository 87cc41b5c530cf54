package io.pidstream.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedPlantTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int CHANNELS = SimulatedPlant.modalities().channelCount();
    private static final int D = 1 + CHANNELS;

    private static final SensorFault THERMAL_OF_PRESS_2 =
            new SensorFault(1, 0, Duration.ofSeconds(60), Duration.ofSeconds(120));

    @Test
    void theSameSeedGivesTheSameValues() {
        assertThat(take(new SimulatedPlant(settings(7)), 200))
                .isEqualTo(take(new SimulatedPlant(settings(7)), 200))
                .isNotEqualTo(take(new SimulatedPlant(settings(8)), 200));
    }

    @Test
    void moreAssetsLeaveTheOthersAsTheyWere() {
        List<Label> two = labels(new SimulatedPlant(settings(7).withAssets(2)), 100);
        List<Label> five = labels(new SimulatedPlant(settings(7).withAssets(5)), 100);
        assertThat(five).containsAll(two);
    }

    @Test
    void aFaultTouchesNothingButItsSensors() {
        List<Slot> quiet = take(new SimulatedPlant(settings(7).withMissing(0)), 1500);
        List<Slot> eventful = take(eventful(settings(7).withMissing(0)), 1500);
        for (int i = 0; i < quiet.size(); i++) {
            assertThat(eventful.get(i).labels()).isEqualTo(quiet.get(i).labels());
            for (int r = 0; r < quiet.get(i).readings().size(); r++) {
                Reading before = quiet.get(i).readings().get(r);
                Reading after = eventful.get(i).readings().get(r);
                boolean struck =
                        before.getAsset().equals("press-2")
                                && before.getModality().equals("thermal")
                                && i >= 600;
                assertThat(after.equals(before)).as("slot %d, %s", i, before).isEqualTo(!struck);
            }
        }
    }

    @Test
    void theCurveOfASensorIsOneToOneAndKeepsMeanAndSpread() {
        Random random = new Random(5);
        for (Sensor sensor : Press.SENSORS) {
            double sum = 0;
            double squares = 0;
            int count = 400_000;
            for (int i = 0; i < count; i++) {
                double seen = random.nextGaussian();
                double response = sensor.response(seen);
                assertThat(sensor.seen(response)).isCloseTo(seen, within(1e-9));
                sum += response;
                squares += response * response;
            }
            assertThat(sum / count).as(sensor.name()).isCloseTo(0, within(0.01));
            assertThat(squares / count).as(sensor.name()).isCloseTo(1, within(0.04));
        }
    }

    @Test
    void whatMicrophonesTellOfFrictionIsNotThereForWhoReadsThemAsTheyAre() {
        assertThat(Press.SENSORS)
                .filteredOn(sensor -> sensor.curve() != 0)
                .extracting(Sensor::modality)
                .containsOnly(Press.ACOUSTIC)
                .hasSize(3);
        SimulatedPlant plant = new SimulatedPlant(settings(3).withMissing(0));
        Decomposition straight = Samples.of(plant, 50_000, true).decomposition(3);
        Decomposition asTheyAre = Samples.of(plant, 50_000, false).decomposition(3);
        double truth = truth(plant, 3, 0).information().all();
        assertThat(straight.information().all()).isCloseTo(truth, within(0.02));
        assertThat(asTheyAre.information().all()).isLessThan(0.7 * truth);
    }

    @Test
    void theEmpiricalCovarianceIsTheStatedOne() {
        SimulatedPlant plant = new SimulatedPlant(settings(3).withAssets(2).withMissing(0));
        Samples samples = Samples.of(plant, 200_000, true);
        for (int asset = 0; asset < 2; asset++) {
            assertAgrees(samples, asset, plant, START);
        }
    }

    @Test
    void whileLooseOnlyTheDependenceGoes() {
        Instant loose = START.plusSeconds(1);
        SimulatedPlant plant =
                new SimulatedPlant(
                        settings(4)
                                .withAssets(2)
                                .withMissing(0)
                                .withFaults(
                                        List.of(
                                                new SensorFault(
                                                        1, 0, Duration.ZERO, Duration.ofDays(1))),
                                        null));
        SimulatedPlant sound = new SimulatedPlant(settings(4).withAssets(2));
        Samples samples = Samples.of(plant, 200_000, true);
        assertAgrees(samples, 1, plant, loose);
        double[] before = sound.covariance(1, loose);
        double[] now = plant.covariance(1, loose);
        assertThat(plant.mean(1, loose)).isEqualTo(sound.mean(1, loose));
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                boolean across = isThermal(i) != isThermal(j);
                assertThat(now[i * D + j]).isEqualTo(across ? 0 : before[i * D + j]);
            }
        }
    }

    @Test
    void aReplacedSensorIsCalibratedDifferently() {
        SimulatedPlant plant = eventful(settings(7));
        Instant before = START;
        Instant after = START.plusSeconds(120);
        double[] was = plant.covariance(1, before);
        double[] is = plant.covariance(1, after);
        for (int i = 1; i < D; i++) {
            assertThat(is[i * D + i] == was[i * D + i]).isEqualTo(!isThermal(i));
            assertThat(plant.mean(1, after)[i] == plant.mean(1, before)[i])
                    .isEqualTo(!isThermal(i));
        }
    }

    @Test
    void labelsComeAfterTheirDelayAndNoneIsForgotten() {
        SimulatedPlant plant =
                new SimulatedPlant(settings(7).withLabelDelay(Duration.ofMillis(250)));
        int labels = 0;
        int slots = 0;
        for (Iterator<Slot> it = plant.slots(50); it.hasNext(); slots++) {
            Slot slot = it.next();
            for (Label label : slot.labels()) {
                labels++;
                assertThat(label.getRecordedAt()).isEqualTo(label.getTime().plusMillis(250));
                assertThat(label.getRecordedAt())
                        .isAfter(slot.time().minusMillis(100))
                        .isBeforeOrEqualTo(slot.time());
            }
        }
        assertThat(labels).isEqualTo(50 * 4);
        assertThat(slots).isEqualTo(50 + 3);
    }

    @Test
    void oneReadingInAHundredIsNotWhole() {
        long sent = 0;
        long partial = 0;
        for (Slot slot : take(new SimulatedPlant(settings(7)), 10_000)) {
            sent += slot.readings().size();
            partial += slot.readings().stream().filter(r -> r.getValues().contains(null)).count();
        }
        long all = 10_000L * 4 * 3;
        assertThat((all - sent) / (double) all).isCloseTo(0.005, within(0.001));
        assertThat(partial / (double) all).isCloseTo(0.005, within(0.001));
    }

    @Test
    void eventsAreToldInPlainWords() {
        List<ScenarioEvent> events = eventful(settings(7)).events(START, START.plusSeconds(600));
        assertThat(events)
                .extracting(ScenarioEvent::description)
                .containsExactly(
                        "the thermal sensors of press-2 came loose",
                        "the thermal sensors of press-2 were replaced");
        assertThat(events)
                .extracting(ScenarioEvent::time)
                .containsExactly(START.plusSeconds(60), START.plusSeconds(120));
    }

    @Test
    void repeatedFaultsGoRound() {
        SimulatedPlant plant =
                new SimulatedPlant(
                        settings(7)
                                .withFaults(List.of(THERMAL_OF_PRESS_2), Duration.ofSeconds(180)));
        List<ScenarioEvent> events = plant.events(START, START.plusSeconds(180 * 5));
        assertThat(events)
                .extracting(ScenarioEvent::asset)
                .containsExactly(
                        "press-2", "press-2", "press-3", "press-3", "press-4", "press-4", "press-1",
                        "press-1", "press-2", "press-2");
        for (ScenarioEvent event : events) {
            int asset = plant.assets().indexOf(event.asset());
            boolean looseNow = event.kind() == ScenarioEvent.Kind.LOOSE;
            assertThat(plant.schedule().state(asset, 0, event.time()).loose()).isEqualTo(looseNow);
            assertThat(plant.schedule().state(asset, 0, event.time().minusMillis(1)).loose())
                    .isEqualTo(!looseNow);
        }
        assertThat(plant.schedule().state(1, 0, START.plusSeconds(180 * 5)).replacements())
                .isEqualTo(2);
    }

    @Test
    void theTrueDecompositionFollowsWhatHappens() {
        SimulatedPlant plant = eventful(settings(7));
        Decomposition before = truth(plant, 1, 0);
        Decomposition loose = truth(plant, 1, 60);
        Decomposition after = truth(plant, 1, 120);

        assertThat(before.unique().get("thermal")).isGreaterThan(0.4);
        assertThat(loose.information().get("thermal")).isCloseTo(0, within(1e-12));
        assertThat(loose.conditional().get("thermal")).isCloseTo(0, within(1e-12));
        assertThat(loose.shapley().get("thermal")).isCloseTo(0, within(1e-12));
        assertThat(loose.information().all())
                .isCloseTo(before.information().get("vibration+acoustic"), within(1e-9))
                .isLessThan(before.information().all() - 0.5);
        // A new calibration is a linear map, which information does not feel.
        after.information()
                .asMap()
                .forEach(
                        (subset, bits) ->
                                assertThat(bits)
                                        .isCloseTo(before.information().get(subset), within(1e-9)));
        assertThat(truth(plant, 0, 60)).isEqualTo(truth(plant, 0, 0));
    }

    @Test
    void soundAndVibrationKnowTogetherWhatNeitherKnows() {
        SimulatedPlant plant = new SimulatedPlant(settings(7));
        Decomposition two =
                plant.truth(3, START, PidDefinition.MMI, List.of("vibration", "acoustic"));
        assertThat(two.synergistic().getAsDouble()).isGreaterThan(0.6);
        assertThat(two.information().all())
                .isCloseTo(
                        truth(plant, 3, 0).information().get("vibration+acoustic"), within(1e-9));
        Decomposition redundant =
                plant.truth(2, START, PidDefinition.MMI, List.of("thermal", "vibration"));
        assertThat(redundant.redundant().getAsDouble())
                .isGreaterThan(redundant.synergistic().getAsDouble());
    }

    private static Decomposition truth(SimulatedPlant plant, int asset, long second) {
        return plant.truth(asset, START.plusSeconds(second), PidDefinition.MMI);
    }

    @Test
    void impossibleSettingsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> settings(1).withMissing(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> settings(1).withAssets(0)).hasMessageContaining("0");
        assertThatThrownBy(
                        () ->
                                settings(1)
                                        .withAssets(1)
                                        .withFaults(List.of(THERMAL_OF_PRESS_2), null))
                .hasMessageContaining("asset 1");
        assertThatThrownBy(
                        () -> new SensorFault(0, 0, Duration.ofSeconds(9), Duration.ofSeconds(9)))
                .hasMessageContaining("PT9S");
    }

    @Test
    void everyChannelHasAUnit() {
        Set<String> channels = new HashSet<>();
        SimulatedPlant.modalities()
                .all()
                .forEach(m -> m.channels().forEach(c -> channels.add(m.name() + "." + c)));
        assertThat(SimulatedPlant.channelUnits()).containsOnlyKeys(channels);
    }

    private static PlantSettings settings(long seed) {
        return PlantSettings.of(seed, START);
    }

    static SimulatedPlant eventful(PlantSettings settings) {
        return new SimulatedPlant(settings.withFaults(List.of(THERMAL_OF_PRESS_2), null));
    }

    private static boolean isThermal(int variable) {
        return variable >= 1 && variable <= SimulatedPlant.modalities().size(0);
    }

    private static List<Slot> take(SimulatedPlant plant, int count) {
        List<Slot> slots = new ArrayList<>();
        Iterator<Slot> it = plant.slots();
        for (int i = 0; i < count; i++) {
            slots.add(it.next());
        }
        return slots;
    }

    private static List<Label> labels(SimulatedPlant plant, int count) {
        return take(plant, count).stream().flatMap(slot -> slot.labels().stream()).toList();
    }

    /**
     * Correlations within 0.03: five standard errors of 200,000 slots that are correlated by 0.9.
     */
    private static void assertAgrees(
            Samples samples, int asset, SimulatedPlant plant, Instant time) {
        double[] stated = plant.covariance(asset, time);
        double[] mean = plant.mean(asset, time);
        for (int i = 0; i < D; i++) {
            double spread = Math.sqrt(stated[i * D + i]);
            assertThat((samples.mean(asset, i) - mean[i]) / spread).isCloseTo(0, within(0.05));
            for (int j = 0; j < D; j++) {
                double scale = spread * Math.sqrt(stated[j * D + j]);
                assertThat((samples.covariance(asset, i, j) - stated[i * D + j]) / scale)
                        .as("asset %d, covariance %d, %d", asset, i, j)
                        .isCloseTo(0, within(0.03));
            }
        }
    }

    /** Sums over [target, channels] per asset, about the first sample. */
    private static final class Samples {
        private final double[][] origin;
        private final double[][] sum;
        private final double[][] products;
        private long count;

        private Samples(int assets) {
            origin = new double[assets][];
            sum = new double[assets][D];
            products = new double[assets][D * D];
        }

        /**
         * @param straight whether the curves of sensors are undone; nothing is to happen to any
         */
        static Samples of(SimulatedPlant plant, int slots, boolean straight) {
            int assets = plant.assets().size();
            Samples samples = new Samples(assets);
            SimulatedPlant prompt =
                    new SimulatedPlant(plant.settings().withLabelDelay(Duration.ZERO));
            for (Iterator<Slot> it = prompt.slots(slots); it.hasNext(); ) {
                Slot slot = it.next();
                for (int a = 0; a < assets; a++) {
                    double[] x = new double[D];
                    x[0] = slot.labels().get(a).getValue();
                    int i = 1;
                    for (int m = 0; m < 3; m++) {
                        for (Double value : slot.readings().get(a * 3 + m).getValues()) {
                            x[i] = straight ? straight(plant, a, i - 1, value) : value;
                            i++;
                        }
                    }
                    samples.add(a, x);
                }
                samples.count++;
            }
            return samples;
        }

        private static double straight(SimulatedPlant plant, int asset, int channel, double value) {
            Sensor sensor = Press.SENSORS.get(channel);
            Calibration calibration = Calibration.of(plant.settings().seed(), asset, channel, 0);
            double base = sensor.level() + calibration.offset() * sensor.spread();
            double scale = calibration.gain() * sensor.spread();
            return base + scale * sensor.seen((value - base) / scale);
        }

        Decomposition decomposition(int asset) {
            double[] covariance = new double[D * D];
            for (int i = 0; i < D; i++) {
                for (int j = 0; j < D; j++) {
                    covariance[i * D + j] = covariance(asset, i, j);
                }
            }
            List<String> names = SimulatedPlant.modalities().names();
            int[] sizes =
                    names.stream()
                            .mapToInt(name -> SimulatedPlant.modalities().size(names.indexOf(name)))
                            .toArray();
            return GaussianPid.decompose(
                    covariance, names, sizes, Double.POSITIVE_INFINITY, PidDefinition.MMI);
        }

        private void add(int asset, double[] x) {
            if (origin[asset] == null) {
                origin[asset] = x.clone();
            }
            for (int i = 0; i < D; i++) {
                double di = x[i] - origin[asset][i];
                sum[asset][i] += di;
                for (int j = 0; j < D; j++) {
                    products[asset][i * D + j] += di * (x[j] - origin[asset][j]);
                }
            }
        }

        double mean(int asset, int i) {
            return origin[asset][i] + sum[asset][i] / count;
        }

        double covariance(int asset, int i, int j) {
            return products[asset][i * D + j] / count
                    - sum[asset][i] / count * (sum[asset][j] / count);
        }
    }
}
