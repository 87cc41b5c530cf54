package io.pidstream.benchmark;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.event.BinaryType;
import io.pidstream.event.Inbound;
import io.pidstream.event.InboundFormat;
import io.pidstream.event.Modalities;
import io.pidstream.event.PredictionFormat;
import io.pidstream.pid.PidDefinition;
import io.pidstream.pipeline.ServeSources;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * The baseline: what it costs to have the records in and out again, with nothing in between.
 *
 * <pre>
 * readings-&lt;first&gt; ─ decode, admit ─ discard
 * readings-&lt;last&gt;  ─ decode, admit ─ make a prediction of it ─ predictions
 * labels ─ decode, admit ─ discard
 * </pre>
 *
 * Sources, admission, encoding and delivery guarantee are those of the pipeline, and a record that
 * is written has all that a prediction of the pipeline has.
 */
final class PassThroughJob {
    private static final TypeInformation<Inbound> INBOUND = new BinaryType<>(new InboundFormat());
    private static final TypeInformation<Prediction> PREDICTION =
            new BinaryType<>(new PredictionFormat());

    private PassThroughJob() {}

    static void define(
            StreamExecutionEnvironment env,
            Modalities modalities,
            ServeSources sources,
            Sink<Prediction> predictions) {
        int last = modalities.count() - 1;
        for (int m = 0; m <= last; m++) {
            String name = "readings-" + modalities.all().get(m).name();
            DataStream<Inbound> readings =
                    read(env, name, sources.readings().get(m), sources.readingTime());
            if (m < last) {
                discard(readings, name);
            } else {
                readings.flatMap(new ToPrediction(modalities), PREDICTION)
                        .uid("to-prediction")
                        .name("make predictions")
                        .sinkTo(predictions)
                        .uid("predictions")
                        .name("write predictions");
            }
        }
        discard(read(env, "labels", sources.labels(), sources.labelTime()), "labels");
    }

    private static SingleOutputStreamOperator<Inbound> read(
            StreamExecutionEnvironment env,
            String name,
            Source<Inbound, ?, ?> source,
            WatermarkStrategy<Inbound> time) {
        return env.fromSource(source, time, "read " + name, INBOUND).uid(name);
    }

    private static void discard(DataStream<Inbound> stream, String name) {
        stream.flatMap(new Admitted(), INBOUND)
                .uid("admit-" + name)
                .name("admit " + name)
                .sinkTo(new DiscardingSink<>())
                .uid("discard-" + name)
                .name("discard " + name);
    }

    private static Inbound requireAdmitted(Inbound inbound) {
        if (inbound.deadLetter() != null) {
            throw new IllegalStateException(
                    "the stream has a dead letter: " + inbound.deadLetter().getDetail());
        }
        return inbound;
    }

    private static final class Admitted implements FlatMapFunction<Inbound, Inbound> {
        private static final long serialVersionUID = 1;

        @Override
        public void flatMap(Inbound inbound, Collector<Inbound> out) {
            out.collect(requireAdmitted(inbound));
        }
    }

    /** A record of a prediction's size; its numbers mean nothing. */
    private static final class ToPrediction implements FlatMapFunction<Inbound, Prediction> {
        private static final long serialVersionUID = 1;

        private final List<String> names;
        private transient Explanation explanation;

        ToPrediction(Modalities modalities) {
            names = modalities.names();
        }

        @Override
        public void flatMap(Inbound inbound, Collector<Prediction> out) {
            Reading reading = requireAdmitted(inbound).reading();
            if (explanation == null) {
                // The pipeline makes one per block of labels and uses it again until the next.
                explanation = explanation(reading.getAsset(), reading.getTime());
            }
            double value = reading.getValues().get(0);
            out.collect(
                    new Prediction(
                            reading.getAsset(),
                            reading.getTime(),
                            value,
                            value - 1,
                            value + 1,
                            0L,
                            names,
                            numbers(names, value),
                            0.0,
                            explanation,
                            List.of()));
        }

        private Explanation explanation(String asset, Instant time) {
            Map<String, Double> subsets = numbers(names, 1);
            subsets.put(String.join("+", names), 1.0);
            Map<String, Double> perModality = numbers(names, 1);
            return new Explanation(
                    asset,
                    time,
                    0L,
                    ExplanationStatus.OK,
                    null,
                    PidDefinition.MMI.text(),
                    1000L,
                    1000.0,
                    subsets,
                    subsets,
                    perModality,
                    perModality,
                    perModality,
                    1.0,
                    1.0,
                    Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    0.0,
                    null,
                    null);
        }

        private static Map<String, Double> numbers(List<String> names, double value) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            names.forEach(name -> numbers.put(name, value));
            return numbers;
        }
    }
}
