package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.format.UndecodableException;
import io.pidstream.state.FormatType;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Decodes and admits the records of one input topic; invalid ones become dead letters. */
public final class InboundDeserializer<T extends SpecificRecordBase>
        implements KafkaRecordDeserializationSchema<Inbound> {
    private static final long serialVersionUID = 1;

    private final ValueCodec<T> codec;
    private final Admit<T> admit;

    InboundDeserializer(ValueCodec<T> codec, Admit<T> admit) {
        this.codec = codec;
        this.admit = admit;
    }

    /** Admits or refuses a decoded record. */
    @FunctionalInterface
    interface Admit<T> extends Serializable {
        Inbound admit(T record, Origin origin);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        out.collect(inbound(record));
    }

    void pass(ConsumerRecord<byte[], byte[]> record, Consumer<Inbound> out) {
        out.accept(inbound(record));
    }

    private Inbound inbound(ConsumerRecord<byte[], byte[]> record) {
        try {
            return admit.admit(codec.decode(record.value()), origin(record));
        } catch (UndecodableException e) {
            return Admission.refuse(origin(record), e.reason(), e.getMessage());
        }
    }

    public static Origin origin(ConsumerRecord<byte[], byte[]> record) {
        return new Origin(
                record.topic(),
                record.partition(),
                record.offset(),
                Math.max(0, record.timestamp()),
                record.key(),
                record.value(),
                headers(record));
    }

    private static Map<String, byte[]> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = Map.of();
        for (Header header : record.headers()) {
            if (headers.isEmpty()) {
                headers = new HashMap<>();
            }
            headers.put(header.key(), header.value() == null ? new byte[0] : header.value());
        }
        return headers;
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return FormatType.of(Inbound.FORMAT);
    }
}
