package io.pidstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.event.Modality;
import io.pidstream.simulate.SimulatedPlant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("deploy", "examples");
    private static final Path DATA = Path.of("..", "shared", "data");

    @Test
    void everyExampleIsAccepted() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> examples = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
            for (Path file : examples) {
                PipelineConfig config = ConfigFile.read(file, Map.of());
                assertThat(file).hasFileName(config.name() + ".yaml");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "air-quality, air-quality-co.csv",
        "gas-turbine, gas-turbine-nox.csv",
        "beijing, beijing-pm25.csv.gz",
        "cmapss, cmapss-fd001.csv"
    })
    void anExampleNamesEveryColumnOfItsFile(String name, String file) throws IOException {
        Assumptions.assumeTrue(Files.exists(DATA.resolve(file)), file + " is not here");
        PipelineConfig config = ConfigFile.read(EXAMPLES.resolve(name + ".yaml"), Map.of());
        List<String> named =
                Stream.of(
                                Stream.of(
                                        config.csv().asset().column(), config.csv().times().get(0)),
                                config.modalities().all().stream().flatMap(m -> columns(config, m)),
                                Stream.of(config.target().name()))
                        .flatMap(s -> s)
                        .toList();
        assertThat(named).containsExactlyElementsOf(header(DATA.resolve(file)));
    }

    @Test
    void theTableOfSuperconductorsIsNamedButForItsSplit() throws IOException {
        Path file = DATA.resolve("superconductors.csv.gz");
        Assumptions.assumeTrue(Files.exists(file), file + " is not here");
        PipelineConfig config = ConfigFile.read(EXAMPLES.resolve("superconductors.yaml"), Map.of());
        assertThat(config.csv().hasTime()).isFalse();
        List<String> named =
                Stream.of(
                                Stream.of("split"),
                                config.modalities().all().stream().flatMap(m -> columns(config, m)),
                                Stream.of(config.target().name()))
                        .flatMap(s -> s)
                        .toList();
        assertThat(named).containsExactlyElementsOf(header(file));
    }

    @Test
    void theDemoReadsWhatThePlantSends() {
        PipelineConfig demo = ConfigFile.read(EXAMPLES.resolve("demo.yaml"), Map.of());
        assertThat(demo.modalities()).isEqualTo(SimulatedPlant.modalities());
        assertThat(demo.target().name()).isEqualTo(SimulatedPlant.target());
        assertThat(demo.alignment().period()).isEqualTo(Duration.ofMillis(100));
        assertThat(demo.kafka().prefix()).isEqualTo("demo.");
    }

    private static Stream<String> columns(PipelineConfig config, Modality modality) {
        return modality.channels().stream()
                .map(channel -> config.csv().column(modality.name(), channel));
    }

    private static List<String> header(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return List.of(reader.readLine().split(",", -1));
        }
    }
}
