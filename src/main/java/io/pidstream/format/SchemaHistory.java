package io.pidstream.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Other schemas with which records in the topics may have been written.
 *
 * <p>They lie on the class path as {@code schema-history/<record>/1.avsc}, {@code 2.avsc} and so
 * on, without a gap. When a schema changes, the former one is added there. To roll out a change
 * over services that are not restarted together, add the new schema there first, everywhere.
 */
public final class SchemaHistory {
    private SchemaHistory() {}

    /**
     * @param record simple name of the record, such as {@code Reading}
     * @return schemas as JSON
     */
    public static List<String> of(String record) {
        List<String> schemas = new ArrayList<>();
        for (int i = 1; ; i++) {
            String path = "/schema-history/%s/%d.avsc".formatted(record, i);
            try (InputStream in = SchemaHistory.class.getResourceAsStream(path)) {
                if (in == null) {
                    return schemas;
                }
                schemas.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(path + " on the class path cannot be read", e);
            }
        }
    }
}
