package io.pidstream.benchmark;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Modalities;
import io.pidstream.pipeline.ServeSources;
import io.pidstream.state.FormatType;
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
    private static final TypeInformation<Inbound> INBOUND = FormatType.of(Inbound.FORMAT);
    private static final TypeInformation<Prediction> PREDICTION =
            FormatType.of(EventFormats.PREDICTION);

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

    static Inbound requireAdmitted(Inbound inbound) {
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

    private static final class ToPrediction implements FlatMapFunction<Inbound, Prediction> {
        private static final long serialVersionUID = 1;

        private final MeaninglessPredictions predictions;

        ToPrediction(Modalities modalities) {
            predictions = new MeaninglessPredictions(modalities.names());
        }

        @Override
        public void flatMap(Inbound inbound, Collector<Prediction> out) {
            Reading reading = requireAdmitted(inbound).reading();
            out.collect(
                    predictions.of(
                            reading.getAsset(), reading.getTime(), reading.getValues().get(0)));
        }
    }
}
