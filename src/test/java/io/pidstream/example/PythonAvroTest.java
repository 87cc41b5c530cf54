package io.pidstream.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.FullRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader in Python reads what a job writes. */
class PythonAvroTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @TempDir Path directory;

    @BeforeAll
    static void python() throws Exception {
        Python.assume("json");
        ValueCodec.of(Reading.class); // Avro then trusts the generated classes.
    }

    @Test
    void readsEveryFieldOfEveryType() throws Exception {
        List<SpecificRecordBase> records = new ArrayList<>();
        for (Class<? extends SpecificRecordBase> type :
                List.of(
                        Alert.class,
                        DeadLetter.class,
                        Explanation.class,
                        Label.class,
                        ModelVersion.class,
                        Prediction.class,
                        Reading.class,
                        TrainingSample.class)) {
            records.add(FullRecords.of(type));
        }
        records.add(new Reading("press-1 ö", "a", Instant.EPOCH, Arrays.asList(-1.5, null, 1e300)));
        records.add(new Reading("a".repeat(5_000), "a", Instant.EPOCH, List.of()));
        List<byte[]> values = new ArrayList<>();
        for (SpecificRecordBase record : records) {
            values.add(encoded(record));
        }
        List<String> lines = read(values).ok();
        assertThat(lines).hasSize(records.size());
        for (int i = 0; i < lines.size(); i++) {
            JsonNode expected = JSON.valueToTree(plain(records.get(i)));
            assertThat(JSON.readTree(lines.get(i))).isEqualTo(JSON.readTree(expected.toString()));
        }
    }

    @Test
    void saysWhatIsWrongWithAValue() throws Exception {
        byte[] good = encoded(FullRecords.of(Reading.class));
        byte[] unknown = good.clone();
        unknown[2] ^= 1;
        assertThat(read(List.of(unknown)).err())
                .contains("was written with a schema of fingerprint 2d44c6ad8d9f6685; known are")
                .contains("io.pidstream.avro.Reading");
        assertThat(read(List.of(Arrays.copyOf(good, good.length - 1))).err())
                .contains("the value ends within a record");
        assertThat(read(List.of(Arrays.copyOf(good, good.length + 1))).err())
                .contains("1 bytes are left behind the record");
        assertThat(read(List.of(new byte[] {0, 0, 0, 0, 7, 2, 3})).err())
                .contains("does not begin with C3 01");
        assertThat(read(List.of("{\"asset\":1}".getBytes(UTF_8))).err())
                .contains("the value is JSON");
    }

    private Python.Result read(List<byte[]> values) throws IOException, InterruptedException {
        Path input = directory.resolve("values.txt");
        Files.write(
                input, values.stream().map(v -> Base64.getEncoder().encodeToString(v)).toList());
        return Python.run(input, "pidstream_avro.py", "avro-schemas");
    }

    @SuppressWarnings("unchecked") // a codec of its own class
    private static <T extends SpecificRecordBase> byte[] encoded(T record) {
        return ValueCodec.of((Class<T>) record.getClass()).encode(record);
    }

    /** A value as JSON has it: by names of fields, times in ISO 8601, bytes in base64. */
    private static Object plain(Object value) {
        if (value instanceof SpecificRecordBase record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Schema.Field field : record.getSchema().getFields()) {
                fields.put(field.name(), plain(record.get(field.pos())));
            }
            return fields;
        } else if (value instanceof List<?> list) {
            return list.stream().map(PythonAvroTest::plain).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(key.toString(), plain(entry)));
            return entries;
        } else if (value instanceof Instant time) {
            return MILLIS.format(time);
        } else if (value instanceof ByteBuffer bytes) {
            return Base64.getEncoder().encodeToString(bytes.array());
        }
        return value instanceof Enum ? value.toString() : value;
    }
}
