package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Inbound;
import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.CsvRows;
import io.pidstream.event.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.util.FileUtils;

/** What is proposed for a file reads the values, times and assets that were written into it. */
class ReadBackTest {
    private record Place(String asset, Instant time, String name) {}

    @Property(tries = 150)
    void whatIsProposedReadsWhatWasWritten(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("read-back");
        WrittenFile written = new WrittenFile(seed);
        try {
            Path file = written.write(directory);
            String target = written.names().get(written.names().size() - 1);
            String yaml = Inspection.of(file).propose(target, "test").yaml();
            PipelineConfig config = ConfigFile.parse(yaml, "c.yaml", Map.of());
            assertThat(config.modalities().all().stream().mapToInt(m -> m.channels().size()).sum())
                    .as("channels of %s%n%s", written, yaml)
                    .isEqualTo(written.names().size() - 1);
            assertThat(read(file, config))
                    .as("%s%n%s", written, yaml)
                    .isEqualTo(expected(written, config));
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private static Map<Place, Double> expected(WrittenFile written, PipelineConfig config) {
        Map<Place, Double> expected = new HashMap<>();
        for (int c = 0; c < written.names().size(); c++) {
            for (int a = 0; a < written.assets; a++) {
                String asset = written.assets == 1 ? config.name() : written.asset(a);
                for (int i = 0; i < WrittenFile.rows(); i++) {
                    if (!Double.isNaN(written.values[c][a][i])) {
                        Instant time = Instant.ofEpochMilli(written.millis(i));
                        expected.put(
                                new Place(asset, time, written.names().get(c)),
                                written.values[c][a][i]);
                    }
                }
            }
        }
        return expected;
    }

    /** All values that are not missing; what cannot be read is a value that was not written. */
    private static Map<Place, Double> read(Path file, PipelineConfig config) throws IOException {
        Map<Place, Double> values = new HashMap<>();
        try (CsvData data = CsvData.read(List.of(file), config);
                CsvRows rows = data.open()) {
            while (rows.next()) {
                if (rows.rowDeadLetter() != null) {
                    refused(values, rows.rowDeadLetter());
                    continue;
                }
                for (int m = 0; m < config.modalities().count(); m++) {
                    Inbound inbound = rows.reading(m);
                    if (inbound != null && inbound.deadLetter() != null) {
                        refused(values, inbound);
                    } else if (inbound != null) {
                        put(values, rows, config.modalities().all().get(m), inbound);
                    }
                }
                Inbound label = rows.label();
                if (label != null && label.deadLetter() != null) {
                    refused(values, label);
                } else if (label != null) {
                    String target = config.target().names().get(0);
                    values.put(
                            new Place(rows.asset(), label.label().getTime(), target),
                            label.label().getValue());
                }
            }
        }
        return values;
    }

    private static void put(
            Map<Place, Double> values, CsvRows rows, Modality modality, Inbound inbound) {
        for (int c = 0; c < modality.channels().size(); c++) {
            Double value = inbound.reading().getValues().get(c);
            if (value != null) {
                values.put(
                        new Place(
                                inbound.reading().getAsset(),
                                inbound.reading().getTime(),
                                modality.channels().get(c)),
                        value);
            }
        }
        assertThat(inbound.reading().getAsset()).isEqualTo(rows.asset());
    }

    private static void refused(Map<Place, Double> values, Inbound inbound) {
        values.put(
                new Place("refused", Instant.EPOCH, inbound.deadLetter().getDetail()), Double.NaN);
    }
}
