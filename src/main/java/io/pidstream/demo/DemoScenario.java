package io.pidstream.demo;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.simulate.PlantSettings;
import io.pidstream.simulate.SensorFault;
import io.pidstream.simulate.SimulatedPlant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo's scenario: the configuration, and a plant whose sensors change on a schedule. */
public final class DemoScenario {
    /**
     * History that the plant sends at once when it starts, so that learners and encoders have data
     * within the first minute.
     */
    static final Duration BACKLOG = Duration.ofSeconds(120);

    private static final String CONFIG = "demo.yaml";
    private static final int PRESS_2 = 1;
    private static final Duration LOOSE_AFTER = Duration.ofSeconds(35);
    private static final Duration REPLACED_AFTER = Duration.ofSeconds(80);
    private static final Duration REPEAT_EVERY = Duration.ofSeconds(200);

    private DemoScenario() {}

    /**
     * The demo's configuration.
     *
     * @param bootstrapServers address of its broker
     */
    public static PipelineConfig config(String bootstrapServers, Map<String, String> overrides)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.put("kafka.bootstrap-servers", bootstrapServers);
        try (InputStream in = DemoScenario.class.getResourceAsStream(CONFIG)) {
            if (in == null) {
                throw new IOException(CONFIG + " is not in the jar");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ConfigFile.parse(yaml, CONFIG, all);
        }
    }

    /**
     * Four presses and their events.
     *
     * @param live when the history ends and live data begins
     * @param period length of a slot
     */
    static SimulatedPlant plant(long seed, Instant live, Duration period) {
        PlantSettings settings = PlantSettings.of(seed, live.minus(BACKLOG)).withPeriod(period);
        return new SimulatedPlant(withFaults(settings, BACKLOG));
    }

    /**
     * About 35 seconds after {@code quiet} the thermal sensors of press-2 come loose; they are
     * replaced 45 seconds later. The same happens to press-3 200 seconds later, and so on, press by
     * press.
     */
    public static PlantSettings withFaults(PlantSettings settings, Duration quiet) {
        SensorFault fault =
                new SensorFault(
                        PRESS_2 % settings.assets(),
                        SimulatedPlant.modalities().indexOf("thermal"),
                        quiet.plus(LOOSE_AFTER),
                        quiet.plus(REPLACED_AFTER));
        return settings.withFaults(List.of(fault), REPEAT_EVERY);
    }
}
