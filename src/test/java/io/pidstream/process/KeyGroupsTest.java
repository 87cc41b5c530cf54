package io.pidstream.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that was written with 128 key groups, as all was before new jobs had more. */
class KeyGroupsTest {
    private static final String KEY = PipelineOptions.MAX_PARALLELISM.key();

    @Test
    void aRestoredJobHasTheKeyGroupsOfItsState() throws Exception {
        Configuration flink = flink(1024);

        KeyGroups.restore(flink, savepoint(), Map.of(), Assertions::fail);

        assertThat(flink.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
        assertThat(flink.get(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo(savepoint());
    }

    @Test
    void theMetadataItselfIsAPathToo() throws Exception {
        assertThat(KeyGroups.of(savepoint() + "/_metadata")).hasValue(128);
    }

    @Test
    void aNumberOfTheUserMustFit() throws Exception {
        KeyGroups.restore(flink(128), savepoint(), Map.of(KEY, "128"), Assertions::fail);
        assertThatThrownBy(
                        () ->
                                KeyGroups.restore(
                                        flink(512),
                                        savepoint(),
                                        Map.of(KEY, "512"),
                                        Assertions::fail))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "flink.pipeline.max-parallelism: 512: expected 128, the key groups of %s",
                        savepoint());
    }

    @Test
    void whatCannotBeReadHereIsLeftToTheClusterWithANote(@TempDir Path directory) throws Exception {
        Path broken = Files.writeString(directory.resolve("_metadata"), "no checkpoint");
        for (String path :
                List.of(directory.toUri().toString(), broken.toUri().toString(), "s9://bucket/x")) {
            List<String> notes = restored(path);
            assertThat(notes)
                    .singleElement()
                    .asString()
                    .startsWith("--from: " + path + ": its key groups cannot be read here (")
                    .endsWith("set flink.pipeline.max-parallelism to those that Flink names");
        }
    }

    @Test
    void thatThereIsNoneIsSaidByFlink() throws Exception {
        assertThat(restored("file:/none/there")).isEmpty();
    }

    private static List<String> restored(String path) {
        Configuration flink = flink(1024);
        List<String> notes = new ArrayList<>();
        KeyGroups.restore(flink, path, Map.of(), notes::add);
        assertThat(flink.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(1024);
        assertThat(flink.get(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo(path);
        return notes;
    }

    private static Configuration flink(int keyGroups) {
        return new Configuration().set(PipelineOptions.MAX_PARALLELISM, keyGroups);
    }

    private static String savepoint() throws URISyntaxException {
        return KeyGroupsTest.class.getResource("/golden/savepoint/0.2.0/serve").toURI().toString();
    }
}
