package io.pidstream.simulate;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * Common to all presses: their sensors, and the causes of a part's deviation from its nominal
 * height.
 *
 * <p>Heat affects the target and the thermal sensors only, so thermal has unique information. Load
 * affects thermal and vibration, which is redundant. Friction is only audible, mixed with the
 * pump's hum in nearly the same ratio on every microphone, and vibration measures that hum. So
 * sound alone says little about friction, vibration alone nothing, and both together a lot.
 *
 * <p>Microphones report an amplitude that is exponential in loudness, while everything else is
 * linear. So the hum does not cancel in the raw channels, which leaves something for an encoder to
 * learn.
 */
final class Press {
    static final String TARGET = "deviation";
    static final String TARGET_UNIT = "µm";
    static final double TARGET_LEVEL = 20;
    static final double TARGET_SPREAD = 8;

    private static final double ACOUSTIC_CURVE = 0.9;

    static final int THERMAL = 0;
    static final int VIBRATION = 1;
    static final int ACOUSTIC = 2;
    static final List<String> MODALITY_NAMES = List.of("thermal", "vibration", "acoustic");

    static final List<Sensor> SENSORS =
            List.of(
                    thermal("die_upper", 182, 4.0, DriverMix.of(0.90, 0.15, 0, 0, 0.40)),
                    thermal("die_lower", 178, 4.0, DriverMix.of(0.75, 0.40, 0, 0, 0.40)),
                    thermal("oil", 52, 1.5, DriverMix.of(0.15, 0.90, 0, 0, 0.45)),
                    thermal("ram", 64, 2.0, DriverMix.of(0.60, 0.00, 0, 0, 0.60)),
                    vibration("frame_x", 2.8, 0.35, DriverMix.of(0, 0.90, 0, 0.15, 0.40)),
                    vibration("frame_y", 2.4, 0.30, DriverMix.of(0, 0.70, 0, 0.50, 0.45)),
                    vibration("pump", 4.1, 0.50, DriverMix.of(0, 0.10, 0, 1.00, 0.20)),
                    vibration("bearing", 1.9, 0.25, DriverMix.of(0, 0.00, 0, 0.95, 0.25)),
                    acoustic("ae_100khz", 62, 45, DriverMix.of(0, 0, 0.70, 0.95, 0.22)),
                    acoustic("ae_200khz", 55, 40, DriverMix.of(0, 0, 0.75, 0.95, 0.24)),
                    acoustic("ae_350khz", 48, 35, DriverMix.of(0, 0, 0.75, 1.00, 0.28)));

    /** The four kinds of presses, in turn: dominated by heat, heat and load, load, friction. */
    private static final List<DriverMix> TARGETS =
            List.of(
                    DriverMix.of(1.00, 0.60, 0.50, 0, 0.40),
                    DriverMix.of(0.90, 0.85, 0.50, 0, 0.40),
                    DriverMix.of(0.45, 1.10, 0.60, 0, 0.40),
                    DriverMix.of(0.45, 0.50, 1.10, 0, 0.40));

    private Press() {}

    /** The mix that drives the target of press {@code asset}. */
    static DriverMix target(int asset) {
        return TARGETS.get(asset % TARGETS.size());
    }

    static Modalities modalities() {
        List<Modality> modalities = new ArrayList<>();
        for (int m = 0; m < MODALITY_NAMES.size(); m++) {
            int modality = m;
            modalities.add(
                    new Modality(
                            MODALITY_NAMES.get(m),
                            SENSORS.stream()
                                    .filter(sensor -> sensor.modality() == modality)
                                    .map(Sensor::name)
                                    .toList()));
        }
        return new Modalities(modalities);
    }

    private static Sensor thermal(String name, double level, double spread, DriverMix mix) {
        return new Sensor(THERMAL, name, "°C", level, spread, 0, mix);
    }

    private static Sensor vibration(String name, double level, double spread, DriverMix mix) {
        return new Sensor(VIBRATION, name, "mm/s", level, spread, 0, mix);
    }

    private static Sensor acoustic(String name, double level, double spread, DriverMix mix) {
        return new Sensor(ACOUSTIC, name, "mV", level, spread, ACOUSTIC_CURVE, mix);
    }
}
