package io.pidstream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.mapping.MappedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of the page on topics of others are read as the page says. */
class TopicExamplesTest {
    private static final Path PAGE = Path.of("src/site/markdown/topics-as-they-are.md");

    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "## ([^\\n"
                            + "]+)\\n"
                            + "(?:(?!\\n"
                            + "## ).)*?```yaml\\n"
                            + "(sources:.*?)```\\s+```json\\n"
                            + "(.*?)```\\s+```text\\n"
                            + "(.*?)```",
                    Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> everyExampleIsReadAsThePageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher found = EXAMPLE.matcher(Files.readString(PAGE));
        while (found.find()) {
            String sources = found.group(2);
            String[] messages = found.group(3).split("\n");
            List<String> expected = found.group(4).lines().toList();
            tests.add(
                    DynamicTest.dynamicTest(
                            found.group(1),
                            () -> assertThat(read(sources, messages)).isEqualTo(expected)));
        }
        assertThat(tests).hasSize(6);
        return tests.stream();
    }

    /** The topic whose messages are shown is the last one. */
    private static List<String> read(String sources, String[] messages) {
        List<String> lines = new ArrayList<>();
        MappedSamples.Result result =
                MappedSamples.map(MappedSamples.PLANT + sources, "press-1", messages);
        for (Inbound inbound : result.all()) {
            lines.add(line(inbound));
        }
        result.ignored()
                .forEach(reason -> lines.add("ignored: " + reason.name().toLowerCase(Locale.ROOT)));
        return lines;
    }

    private static String line(Inbound inbound) {
        Reading reading = inbound.reading();
        if (reading != null) {
            return "%s %s %s %s"
                    .formatted(
                            reading.getAsset(),
                            reading.getModality(),
                            reading.getTime(),
                            reading.getValues());
        }
        Label label = inbound.label();
        if (label == null) {
            return inbound.deadLetter().getDetail();
        }
        return "%s label %s %s [%s]"
                .formatted(
                        label.getAsset(), label.getTime(), label.getRecordedAt(), label.getValue());
    }
}
