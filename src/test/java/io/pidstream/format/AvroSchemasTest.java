package io.pidstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AvroSchemasTest {
    @Test
    void knowsEverythingThatIsGenerated() throws Exception {
        Path classes = Path.of(Reading.class.getResource("Reading.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(classes)) {
            assertThat(AvroSchemas.GENERATED)
                    .extracting(Class::getSimpleName)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.contains("$"))
                                    .map(name -> name.replace(".class", ""))
                                    .toList());
        }
    }
}
