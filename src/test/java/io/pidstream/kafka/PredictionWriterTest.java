package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.format.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class PredictionWriterTest {
    private final ValueCodec<Prediction> codec = ValueCodec.of(Prediction.class);

    @Test
    void writesTheBytesThatAvroWrites() throws IOException {
        Explanation first = explanation("x", 1);
        Explanation second = explanation("x", 2);
        Explanation other = explanation("y", 1);
        for (Explanation explanation : List.of(first, first, second, other, first, second)) {
            Prediction prediction = prediction(explanation);
            assertThat(codec.encode(prediction)).isEqualTo(byAvro(prediction));
        }
    }

    @Test
    void aNewExplanationOfTheSameAssetIsNotTheOldOne() throws UndecodableException {
        assertThat(codec.decode(codec.encode(prediction(explanation("x", 1)))))
                .isEqualTo(prediction(explanation("x", 1)));
        assertThat(codec.decode(codec.encode(prediction(explanation("x", 2)))))
                .isEqualTo(prediction(explanation("x", 2)));
    }

    private static byte[] byAvro(Prediction prediction) throws IOException {
        SpecificData model = SpecificData.getForClass(Prediction.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<Prediction>(model, model.getSchema(Prediction.class))
                .encode(prediction, bytes);
        return bytes.toByteArray();
    }

    private static Prediction prediction(Explanation explanation) {
        return new Prediction(
                explanation.getAsset(),
                Instant.ofEpochMilli(1),
                1.5,
                1.0,
                2.0,
                0L,
                List.of("a"),
                Map.of("a", 0.5),
                1.0,
                explanation,
                List.of(),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }

    private static Explanation explanation(String asset, long frames) {
        return new Explanation(
                asset,
                Instant.ofEpochMilli(1),
                0L,
                ExplanationStatus.OK,
                null,
                "mmi",
                frames,
                12.5,
                Map.of("a", 1.0),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                0.5,
                null,
                Map.of(),
                List.of("a note"),
                List.of(),
                Map.of(),
                Map.of(),
                0.0,
                null,
                null);
    }
}
