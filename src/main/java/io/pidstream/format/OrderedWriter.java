package io.pidstream.format;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes the entries of maps in the order of their keys, so that equal records have equal bytes
 * whether they were constructed or read.
 */
final class OrderedWriter<T> extends SpecificDatumWriter<T> {
    OrderedWriter(Schema schema, SpecificData model) {
        super(schema, model);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
        Map<Object, Object> entries = (Map<Object, Object>) map;
        return entries.size() < 2 ? entries.entrySet() : new TreeMap<>(entries).entrySet();
    }
}
