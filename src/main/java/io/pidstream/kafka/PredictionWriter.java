package io.pidstream.kafka;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes predictions. Many predictions contain the same explanation of an asset, which is most of
 * their bytes, so it is encoded once per change and not for every prediction. Belongs to one
 * thread.
 */
final class PredictionWriter extends SpecificDatumWriter<Prediction> {
    private static final int REMEMBERED = 10_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;

    private final Map<String, Encoded> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Encoded> eldest) {
                    return size() > REMEMBERED;
                }
            };

    PredictionWriter(Schema schema, SpecificData model) {
        super(schema, model);
    }

    /** Cached by object identity, because comparing would cost as much as encoding. */
    private record Encoded(Explanation explanation, byte[] bytes) {}

    @Override
    protected void writeRecord(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof Explanation explanation) {
            out.writeFixed(encoded(schema, explanation));
        } else {
            super.writeRecord(schema, datum, out);
        }
    }

    // Identity on purpose.
    @SuppressWarnings("ReferenceEquality")
    private byte[] encoded(Schema schema, Explanation explanation) throws IOException {
        Encoded last = remembered.get(explanation.getAsset());
        if (last == null || last.explanation() != explanation) {
            bytes.reset();
            encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            super.writeRecord(schema, explanation, encoder);
            encoder.flush();
            last = new Encoded(explanation, bytes.toByteArray());
            remembered.put(explanation.getAsset(), last);
        }
        return last.bytes();
    }
}
