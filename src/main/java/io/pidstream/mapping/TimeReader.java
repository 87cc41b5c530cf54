package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.time.Durations;
import io.pidstream.time.TimeFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads a time of a record. */
final class TimeReader {
    private final TimeField time;
    private final JsonPointer path;
    private final TimeFormat format;
    private final ZoneId zone;

    TimeReader(TimeField time) {
        this.time = time;
        this.path = time.field() == null ? null : FieldPath.of(time.field());
        this.format = path == null ? null : format(time);
        this.zone = time.zone() == null ? ZoneOffset.UTC : ZoneId.of(time.zone());
    }

    private static TimeFormat format(TimeField time) {
        return time.unit() == null
                ? TimeFormat.of(time.format())
                : TimeFormat.since1970(Durations.parseUnit(time.unit()));
    }

    Instant read(MappedMessage message) throws Mismatch {
        if (path == null) {
            return ofRecord(message);
        }
        JsonNode node = message.at(path);
        if (!node.isNumber() && !node.isTextual()) {
            throw mismatch(node);
        }
        try {
            return format.parse(text(node)).in(zone);
        } catch (DateTimeException e) {
            throw mismatch(node);
        }
    }

    /** Without an exponent, which a large number has as a double. */
    private static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().strip();
        }
        boolean exact = node.isIntegralNumber() || !Double.isFinite(node.doubleValue());
        return exact ? node.asText() : node.decimalValue().toPlainString();
    }

    private Mismatch mismatch(JsonNode node) {
        return Mismatch.of(time.field(), RecordMapper.kind(node), format.expected());
    }

    /**
     * When a label became known.
     *
     * @param measured its time
     */
    Instant read(MappedMessage message, Instant measured) throws Mismatch {
        if (time.delay() != null) {
            return measured.plus(time.delay());
        }
        Instant recorded = read(message);
        // The clocks of a device and of Kafka differ; nothing is known before it is measured.
        return time.isRecord() && recorded.isBefore(measured) ? measured : recorded;
    }

    private static Instant ofRecord(MappedMessage message) throws Mismatch {
        long timestamp = message.origin().timestamp();
        if (timestamp <= 0) {
            throw Mismatch.of("the record's timestamp", "missing", "one after 1970");
        }
        return Instant.ofEpochMilli(timestamp);
    }
}
