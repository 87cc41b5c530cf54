package io.pidstream.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Writes the fields of one JSON object: times as ISO-8601 in UTC, bytes as base64, a number that is
 * not finite as null.
 */
public final class JsonFields {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_LENGTH = 1024;

    private final JsonGenerator json;
    private final ModalityOrder order;

    private JsonFields(JsonGenerator json, ModalityOrder order) {
        this.json = json;
        this.order = order;
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    public interface Body {
        void write(JsonFields json) throws IOException;
    }

    /**
     * A whole object, in one line.
     *
     * @param order order of the keys of every map of numbers
     */
    public static String object(ModalityOrder order, Body body) {
        StringWriter text = new StringWriter(TYPICAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(new JsonFields(json, order));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }

    public void object(String name, Body body) throws IOException {
        json.writeObjectFieldStart(name);
        body.write(this);
        json.writeEndObject();
    }

    public void raw(String name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(text);
    }

    public void text(String name, String text) throws IOException {
        json.writeStringField(name, text);
    }

    public void time(String name, Instant time) throws IOException {
        json.writeStringField(name, time == null ? null : time.toString());
    }

    public void flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    /** Writes the fields of one of several objects. */
    @FunctionalInterface
    public interface Item<T> {
        void write(JsonFields json, T item) throws IOException;
    }

    public <T> void objects(String name, Collection<T> items, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : items) {
            json.writeStartObject();
            item.write(this, each);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public void count(String name, Long count) throws IOException {
        json.writeFieldName(name);
        if (count == null) {
            json.writeNull();
        } else {
            json.writeNumber(count.longValue());
        }
    }

    /** Null if there is no value, or if it is not finite. */
    public void number(String name, Double value) throws IOException {
        json.writeFieldName(name);
        number(value);
    }

    private void number(Double value) throws IOException {
        if (value != null && Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    public void numbers(String name, Map<String, Double> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Double> entry : order.sorted(values).entrySet()) {
            number(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    public void numbers(String name, Collection<Double> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Double value : values) {
            number(value);
        }
        json.writeEndArray();
    }

    public void texts(String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    public void bytes(String name, ByteBuffer bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.writeBinaryField(name, copy);
    }
}
