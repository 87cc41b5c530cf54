package io.pidstream.benchmark;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.join.Observation;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.pipeline.ServeSinks;
import io.pidstream.pipeline.ServeSources;
import io.pidstream.state.FormatType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoFlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The bound: the exchanges and the outputs of the serve job, with operators that keep no state, set
 * no timer, order nothing and learn nothing. No pipeline of this graph is faster.
 *
 * <pre>
 * readings-&lt;first&gt; ─ admit ─┬─ by asset ── by version ── by asset ── all in one ── by asset ─┬─ predictions
 * readings-&lt;last&gt;  ─ admit ─┘             (broadcast)     │                                  └─ training samples
 * labels ─ admit ────────────────────────────────────────┘
 * </pre>
 *
 * A frame is made from the last modality's reading in place of all modalities: the others, like
 * labels, are sent to the same operator and dropped there.
 */
final class BareGraphJob {
    private static final TypeInformation<Inbound> INBOUND = FormatType.of(Inbound.FORMAT);
    private static final TypeInformation<Reading> READING = FormatType.of(EventFormats.READING);
    private static final TypeInformation<Label> LABEL = FormatType.of(EventFormats.LABEL);
    private static final TypeInformation<ModelVersion> VERSION =
            FormatType.of(EventFormats.MODEL_VERSION);
    private static final TypeInformation<Frame> FRAME = FormatType.of(Frame.FORMAT);
    private static final TypeInformation<EncodedFrame> ENCODED = FormatType.of(EncodedFrame.FORMAT);
    private static final TypeInformation<Observation> OBSERVATION =
            FormatType.of(Observation.FORMAT);
    private static final TypeInformation<Prediction> PREDICTION =
            FormatType.of(EventFormats.PREDICTION);
    private static final OutputTag<TrainingSample> SAMPLES =
            new OutputTag<>("training-samples", FormatType.of(EventFormats.TRAINING_SAMPLE));

    private BareGraphJob() {}

    static void define(
            StreamExecutionEnvironment env,
            Modalities modalities,
            ServeSources sources,
            ServeSinks sinks) {
        DataStream<Reading> readings = null;
        for (int m = 0; m < modalities.count(); m++) {
            DataStream<Reading> ofModality =
                    read(
                                    env,
                                    "readings-" + modalities.all().get(m).name(),
                                    sources.readings().get(m),
                                    sources.readingTime())
                            .map(
                                    inbound -> PassThroughJob.requireAdmitted(inbound).reading(),
                                    READING)
                            .uid("admit-" + modalities.all().get(m).name());
            readings = readings == null ? ofModality : readings.union(ofModality);
        }
        DataStream<Label> labels =
                read(env, "labels", sources.labels(), sources.labelTime())
                        .map(inbound -> PassThroughJob.requireAdmitted(inbound).label(), LABEL)
                        .uid("admit-labels");
        DataStream<ModelVersion> versions =
                env.fromSource(
                                sources.versions(),
                                LiveWatermarks.timelessWatermarks(),
                                "read model-versions",
                                VERSION)
                        .uid("versions")
                        .setParallelism(1);
        SingleOutputStreamOperator<Prediction> predictions =
                readings.keyBy(Reading::getAsset)
                        .flatMap(new ToFrame(modalities), FRAME)
                        .uid("align-modalities")
                        .name("align modalities")
                        .connect(versions.broadcast())
                        .flatMap(new ToEncoded(), ENCODED)
                        .uid("encode-modalities")
                        .name("encode modalities")
                        .keyBy(encoded -> encoded.frame().asset())
                        .connect(labels.keyBy(Label::getAsset))
                        .flatMap(new ToObservation(), OBSERVATION)
                        .uid("join-labels")
                        .name("join labels")
                        .keyBy(observation -> 0)
                        .map(new Unchanged(), OBSERVATION)
                        .uid("learn-fleet")
                        .name("learn fleet")
                        .setParallelism(1)
                        .keyBy(Observation::asset)
                        .process(new ToPrediction(modalities), PREDICTION)
                        .uid("learn-asset")
                        .name("learn asset");
        predictions.sinkTo(sinks.predictions()).uid("predictions").name("write predictions");
        predictions
                .getSideOutput(SAMPLES)
                .sinkTo(sinks.trainingSamples())
                .uid("training-samples")
                .name("write training samples");
    }

    private static DataStream<Inbound> read(
            StreamExecutionEnvironment env,
            String name,
            Source<Inbound, ?, ?> source,
            WatermarkStrategy<Inbound> time) {
        return env.fromSource(source, time, "read " + name, INBOUND).uid(name);
    }

    private static final class ToFrame implements FlatMapFunction<Reading, Frame> {
        private static final long serialVersionUID = 1;

        private final Modalities modalities;

        ToFrame(Modalities modalities) {
            this.modalities = modalities;
        }

        @Override
        public void flatMap(Reading reading, Collector<Frame> out) {
            int last = modalities.count() - 1;
            if (!reading.getModality().equals(modalities.all().get(last).name())) {
                return;
            }
            double[] values = new double[modalities.channelCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = reading.getValues().get(i % modalities.size(last));
            }
            long time = reading.getTime().toEpochMilli();
            out.collect(new Frame(reading.getAsset(), time, time, modalities.complete(), values));
        }
    }

    private static final class ToEncoded
            implements CoFlatMapFunction<Frame, ModelVersion, EncodedFrame> {
        private static final long serialVersionUID = 1;

        @Override
        public void flatMap1(Frame frame, Collector<EncodedFrame> out) {
            out.collect(new EncodedFrame(frame, List.of(Encoding.identity(frame.values()))));
        }

        @Override
        public void flatMap2(ModelVersion version, Collector<EncodedFrame> out) {}
    }

    private static final class ToObservation
            implements CoFlatMapFunction<EncodedFrame, Label, Observation> {
        private static final long serialVersionUID = 1;

        @Override
        public void flatMap1(EncodedFrame encoded, Collector<Observation> out) {
            Frame frame = encoded.frame();
            Instant time = Instant.ofEpochMilli(frame.time());
            // A label travels on with its frame, as one record.
            Label label = new Label(frame.asset(), time, time, frame.values()[0], List.of());
            out.collect(new Observation(encoded, null, true, label, frame.turn(), List.of()));
        }

        @Override
        public void flatMap2(Label label, Collector<Observation> out) {}
    }

    private static final class Unchanged implements MapFunction<Observation, Observation> {
        private static final long serialVersionUID = 1;

        @Override
        public Observation map(Observation observation) {
            return observation;
        }
    }

    private static final class ToPrediction extends ProcessFunction<Observation, Prediction> {
        private static final long serialVersionUID = 1;

        private final List<String> names;
        private transient MeaninglessPredictions predictions;

        ToPrediction(Modalities modalities) {
            names = modalities.names();
        }

        @Override
        public void open(OpenContext context) {
            predictions = new MeaninglessPredictions(names);
        }

        @Override
        public void processElement(
                Observation observation, Context context, Collector<Prediction> out) {
            Frame frame = observation.encoded().frame();
            Instant time = Instant.ofEpochMilli(frame.time());
            double value = frame.values()[0];
            out.collect(predictions.of(frame.asset(), time, value));
            List<Double> values = new ArrayList<>(frame.values().length);
            for (double channel : frame.values()) {
                values.add(channel);
            }
            context.output(
                    SAMPLES,
                    new TrainingSample(
                            frame.asset(),
                            time,
                            time,
                            value,
                            value,
                            0L,
                            names,
                            values,
                            List.of(),
                            List.of(),
                            List.of()));
        }
    }
}
