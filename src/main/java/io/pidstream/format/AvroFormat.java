package io.pidstream.format;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes an Avro record in Avro's single-object encoding, behind its length.
 *
 * @param <T> a record generated from {@code avro-schemas/}
 */
public abstract class AvroFormat<T extends SpecificRecordBase> implements BinaryFormat<T> {
    private static final long serialVersionUID = 1;

    static {
        AvroTrust.establish();
    }

    private final Class<T> type;
    private transient BinaryMessageEncoder<T> encoder;
    private transient BinaryMessageDecoder<T> decoder;

    protected AvroFormat(Class<T> type) {
        this.type = type;
    }

    @Override
    public final Class<T> type() {
        return type;
    }

    @Override
    public final void write(T value, DataOutput out) throws IOException {
        if (encoder == null) {
            SpecificData model = SpecificData.getForClass(type);
            encoder = new BinaryMessageEncoder<>(model, model.getSchema(type));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        encoder.encode(value, bytes);
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
    }

    @Override
    public final T read(DataInput in) throws IOException {
        if (decoder == null) {
            SpecificData model = SpecificData.getForClass(type);
            decoder = new BinaryMessageDecoder<>(model, model.getSchema(type));
        }
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return decoder.decode(bytes);
    }
}
