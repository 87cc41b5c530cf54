package io.pidstream.simulate;

import io.pidstream.event.Modalities;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Presses with three kinds of sensors, whose joint distribution with the target is known exactly:
 * Gaussian and stationary, except for the curves of some sensors and for {@linkplain SensorFault
 * faults}. The target is the deviation of a pressed part from its nominal height, which a gauge
 * measures shortly afterwards.
 *
 * <p>All values are a function of the settings.
 */
public final class SimulatedPlant {
    private static final Modalities MODALITIES = Press.modalities();

    private final PlantSettings settings;
    private final SensorSchedule schedule;

    public SimulatedPlant(PlantSettings settings) {
        this.settings = settings;
        this.schedule = new SensorSchedule(settings);
    }

    /** {@code thermal}, {@code vibration} and {@code acoustic} with their channels. */
    public static Modalities modalities() {
        return MODALITIES;
    }

    /** Name of the target. */
    public static String target() {
        return Press.TARGET;
    }

    /** Unit of the target. */
    public static String targetUnit() {
        return Press.TARGET_UNIT;
    }

    /** Units by channel, as {@code modality.channel}. */
    public static Map<String, String> channelUnits() {
        Map<String, String> units = new TreeMap<>();
        for (Sensor sensor : Press.SENSORS) {
            units.put(
                    Press.MODALITY_NAMES.get(sensor.modality()) + "." + sensor.name(),
                    sensor.unit());
        }
        return units;
    }

    /** Name of asset {@code index}, from 0. */
    public static String assetName(int index) {
        return "press-" + (index + 1);
    }

    public PlantSettings settings() {
        return settings;
    }

    /** Names of the assets in their order. */
    public List<String> assets() {
        List<String> names = new ArrayList<>();
        for (int a = 0; a < settings.assets(); a++) {
            names.add(assetName(a));
        }
        return names;
    }

    /** All slots from the start, without end. */
    public Iterator<Slot> slots() {
        return slots(Long.MAX_VALUE);
    }

    /**
     * The first {@code count} slots, followed by slots without readings until every label is known.
     */
    public Iterator<Slot> slots(long count) {
        return new PlantIterator(this, settings, count);
    }

    /** Events at the sensors with from ≤ time &lt; to, in order of time. */
    public List<ScenarioEvent> events(Instant from, Instant to) {
        return schedule.events(from, to);
    }

    /**
     * Mean of [target, channels of all modalities], in their units.
     *
     * @return [1 + channels]
     */
    public double[] mean(int asset, Instant time) {
        double[] mean = new double[1 + Press.SENSORS.size()];
        mean[0] = Press.TARGET_LEVEL;
        for (int i = 0; i < Press.SENSORS.size(); i++) {
            Sensor sensor = Press.SENSORS.get(i);
            long replacements = schedule.state(asset, sensor.modality(), time).replacements();
            Calibration calibration = Calibration.of(settings.seed(), asset, i, replacements);
            mean[1 + i] = sensor.level() + calibration.offset() * sensor.spread();
        }
        return mean;
    }

    /**
     * Covariance of [target, channels of all modalities], in their units, as if every sensor were
     * linear.
     *
     * @return [1 + channels, 1 + channels], row by row
     */
    public double[] covariance(int asset, Instant time) {
        int d = 1 + Press.SENSORS.size();
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance[i * d + j] =
                        scale(asset, i, time)
                                * scale(asset, j, time)
                                * correlation(asset, i, j, time);
            }
        }
        return covariance;
    }

    /**
     * The true decomposition over all modalities. The curves of sensors are one-to-one, so the
     * information does not depend on them.
     */
    public Decomposition truth(int asset, Instant time, PidDefinition definition) {
        return truth(asset, time, definition, Press.MODALITY_NAMES);
    }

    /**
     * The true decomposition over some of the modalities.
     *
     * @param modalities two or more modalities of the plant
     */
    public Decomposition truth(
            int asset, Instant time, PidDefinition definition, List<String> modalities) {
        List<Integer> kept = new ArrayList<>();
        kept.add(0);
        int[] sizes = new int[modalities.size()];
        for (int k = 0; k < sizes.length; k++) {
            int modality = MODALITIES.indexOf(modalities.get(k));
            if (modality < 0) {
                throw new IllegalArgumentException(
                        "there is no modality %s, only %s"
                                .formatted(modalities.get(k), Press.MODALITY_NAMES));
            }
            sizes[k] = MODALITIES.size(modality);
            for (int c = 0; c < sizes[k]; c++) {
                kept.add(1 + MODALITIES.offset(modality) + c);
            }
        }
        double[] all = covariance(asset, time);
        int d = 1 + Press.SENSORS.size();
        int n = kept.size();
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] = all[kept.get(i) * d + kept.get(j)];
            }
        }
        return GaussianPid.decompose(
                covariance, modalities, sizes, Double.POSITIVE_INFINITY, definition);
    }

    /** Standard deviation of variable {@code i}; 0 is the target. */
    private double scale(int asset, int i, Instant time) {
        if (i == 0) {
            return Press.TARGET_SPREAD;
        }
        Sensor sensor = Press.SENSORS.get(i - 1);
        long replacements = schedule.state(asset, sensor.modality(), time).replacements();
        return sensor.spread() * Calibration.of(settings.seed(), asset, i - 1, replacements).gain();
    }

    private double correlation(int asset, int i, int j, Instant time) {
        if (i == j) {
            return 1;
        }
        // Two variables are correlated through common drivers: those of the press or, for a loose
        // modality, its own.
        if (follows(asset, i, time) != follows(asset, j, time)) {
            return 0;
        }
        return mix(asset, i).correlation(mix(asset, j));
    }

    private int follows(int asset, int i, Instant time) {
        if (i == 0) {
            return -1;
        }
        int modality = Press.SENSORS.get(i - 1).modality();
        return schedule.state(asset, modality, time).loose() ? modality : -1;
    }

    private static DriverMix mix(int asset, int i) {
        return i == 0 ? Press.target(asset) : Press.SENSORS.get(i - 1).mix();
    }

    SensorSchedule schedule() {
        return schedule;
    }
}
