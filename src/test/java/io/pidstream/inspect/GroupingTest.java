package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final int ROWS = 400;

    @Test
    void namesWithACommonBeginningAreAGroup() {
        assertThat(groups("pump.rpm", "pump.flow", "motor.current", "motor.temp", "motor.rpm"))
                .containsExactly(
                        Map.entry("pump", List.of("pump.rpm", "pump.flow")),
                        Map.entry("motor", List.of("motor.current", "motor.temp", "motor.rpm")));
    }

    @Test
    void whatIsMeasuredIsAGroupWhereNamesShareNothing() {
        assertThat(
                        groups(
                                "Inlet Temp [°C]",
                                "Outlet Temp [°C]",
                                "Suction [bar]",
                                "Discharge [bar]",
                                "Motor current [A]"))
                .containsOnlyKeys("temperature", "pressure", "electrical");
    }

    @Test
    void wordsThatSayHowAValueWasComputedMakeNoGroup() {
        assertThat(
                        groups(
                                "temperature_c",
                                "prev_temperature_c",
                                "delta_1_temperature_c",
                                "delta_3_temperature_c",
                                "humidity_pct",
                                "prev_humidity_pct",
                                "delta_1_humidity_pct",
                                "mean_6_humidity_pct",
                                "co2_ppm",
                                "prev_co2_ppm",
                                "delta_1_co2_ppm",
                                "range_6_co2_ppm"))
                .containsOnlyKeys("temperature", "humidity", "gas");
    }

    @Test
    void weatherBesideSomethingElseIsOneGroup() {
        assertThat(groups("TEMP", "PRES", "DEWP", "WSPM", "RAIN", "SO2", "NO2", "O3"))
                .containsExactly(
                        Map.entry("weather", List.of("TEMP", "PRES", "DEWP", "WSPM", "RAIN")),
                        Map.entry("gas", List.of("SO2", "NO2", "O3")));
    }

    @Test
    void namesThatSayNothingAreGroupedByCorrelation() {
        Random random = new Random(3);
        List<Series> channels = new ArrayList<>();
        double[][] factors = new double[2][ROWS];
        for (int i = 0; i < ROWS; i++) {
            factors[0][i] = random.nextGaussian();
            factors[1][i] = random.nextGaussian();
        }
        for (String name : List.of("xa", "xb", "xc", "xd", "xe", "xf")) {
            double[] values = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = factors[channels.size() % 2][i] + 0.3 * random.nextGaussian();
            }
            channels.add(new Series(name, name, "", values));
        }

        assertThat(named(channels).values())
                .containsExactly(List.of("xa", "xc", "xe"), List.of("xb", "xd", "xf"));
    }

    @Test
    void thereAreAlwaysTwoToFiveGroups() {
        assertThat(groups("T1", "T2", "T3", "T4")).hasSize(2);
        assertThat(
                        groups(
                                "rpm",
                                "humidity",
                                "co2",
                                "voltage",
                                "flow",
                                "level",
                                "vibration",
                                "pressure",
                                "ph",
                                "noise"))
                .hasSize(5);
    }

    private static Map<String, List<String>> groups(String... names) {
        Random random = new Random(1);
        List<Series> channels = new ArrayList<>();
        for (String name : names) {
            double[] values = random.doubles(ROWS).toArray();
            channels.add(new Series(name, name, "", values));
        }
        return named(channels);
    }

    private static Map<String, List<String>> named(List<Series> channels) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (Group group : new Grouping(channels, Correlations.of(channels)).propose()) {
            named.put(
                    group.name(),
                    group.channels().stream().map(c -> channels.get(c).name()).toList());
        }
        return named;
    }
}
