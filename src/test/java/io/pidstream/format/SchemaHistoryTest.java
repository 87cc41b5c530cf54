package io.pidstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever changes a schema puts the former one into the history, or neither topics nor state of
 * before can be read. {@code golden/schemas.txt} has every schema that there ever was, by its
 * fingerprint.
 */
class SchemaHistoryTest {
    private static final Path SCHEMAS = GoldenFiles.path("schemas.txt");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Alert.class,
                DeadLetter.class,
                Explanation.class,
                Label.class,
                ModelVersion.class,
                Prediction.class,
                Reading.class,
                TrainingSample.class
            })
    void hasEverySchemaThatThereEverWas(Class<? extends SpecificRecordBase> type)
            throws IOException {
        String record = type.getSimpleName();
        String present = fingerprint(SpecificData.get().getSchema(type));
        if (GoldenFiles.areWritten() && !golden(record).contains(present)) {
            Files.writeString(SCHEMAS, text() + record + " " + present + "\n");
        }
        List<String> golden = golden(record);

        assertThat(golden)
                .as(
                        "the schema of %s is new: put the former one into"
                                + " src/main/resources/schema-history/%s, then %s",
                        record, record, GoldenFiles.command(SchemaHistoryTest.class))
                .endsWith(present);
        assertThat(history(record))
                .as("schema-history/%s lacks a schema that %s once had", record, record)
                .containsAll(golden.subList(0, golden.size() - 1));
    }

    private static List<String> history(String record) {
        return SchemaHistory.of(record).stream()
                .map(json -> fingerprint(new Schema.Parser().parse(json)))
                .toList();
    }

    private static List<String> golden(String record) throws IOException {
        List<String> fingerprints = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith(record + " ")) {
                fingerprints.add(line.substring(record.length() + 1));
            }
        }
        return fingerprints;
    }

    private static String text() throws IOException {
        return Files.exists(SCHEMAS) ? Files.readString(SCHEMAS) : "";
    }

    private static String fingerprint(Schema schema) {
        return HexFormat.of().toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
    }
}
