package io.pidstream.example;

import io.pidstream.avro.Prediction;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Asks the predictions with Flink SQL: how wide the intervals were, and how much each modality
 * moved the predictions, per asset and hour.
 */
public final class HourlyContributions {
    /** One row for every modality of a prediction. */
    static final String BY_MODALITY =
            """
            CREATE TEMPORARY VIEW by_modality AS
            SELECT asset, `time`, `upper` - `lower` AS width, modality, contribution
            FROM predictions CROSS JOIN UNNEST(contributions) AS c (modality, contribution)
            """;

    /** One row for every asset, hour and modality, once the hour is over. */
    static final String HOURLY =
            """
            SELECT asset, window_start AS `hour`, modality,
                   COUNT(*) AS predictions,
                   AVG(width) AS mean_width,
                   AVG(ABS(contribution)) AS mean_contribution
            FROM TUMBLE(TABLE by_modality, DESCRIPTOR(`time`), INTERVAL '1' HOUR)
            GROUP BY window_start, window_end, asset, modality
            """;

    private HourlyContributions() {}

    /** {@code localhost:9092 air-quality.predictions PT2H} */
    public static void main(String[] args) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        ask(env, source(args[0], args[1]).build(), Duration.parse(args[2])).print();
    }

    /** Committed records, from the first. */
    static KafkaSourceBuilder<Row> source(String bootstrapServers, String topic) {
        return KafkaSource.<Row>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(topic)
                .setGroupId("hourly-contributions")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                .setValueOnlyDeserializer(new PredictionRows());
    }

    /**
     * @param apart how far one asset may be ahead of another one of its partition; what comes later
     *     is left out
     */
    static TableResult ask(
            StreamExecutionEnvironment env, KafkaSource<Row> source, Duration apart) {
        DataStream<Row> predictions =
                env.fromSource(
                        source,
                        WatermarkStrategy.<Row>forBoundedOutOfOrderness(apart)
                                .withTimestampAssigner(
                                        (row, kafka) ->
                                                row.<java.time.Instant>getFieldAs("time")
                                                        .toEpochMilli()),
                        "predictions");
        StreamTableEnvironment sql = StreamTableEnvironment.create(env);
        sql.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        sql.createTemporaryView(
                "predictions",
                predictions,
                Schema.newBuilder()
                        .column("asset", DataTypes.STRING())
                        .column("time", DataTypes.TIMESTAMP_LTZ(3))
                        .column("prediction", DataTypes.DOUBLE())
                        .column("lower", DataTypes.DOUBLE())
                        .column("upper", DataTypes.DOUBLE())
                        .column(
                                "contributions",
                                DataTypes.MAP(DataTypes.STRING(), DataTypes.DOUBLE()))
                        .watermark("time", "SOURCE_WATERMARK()")
                        .build());
        sql.executeSql(BY_MODALITY);
        return sql.executeSql(HOURLY);
    }

    /** What is asked for of a record in Avro's single-object encoding. */
    private static final class PredictionRows extends AbstractDeserializationSchema<Row> {
        private static final long serialVersionUID = 1;

        private transient BinaryMessageDecoder<Prediction> decoder;

        @Override
        public void open(InitializationContext context) {
            // Records written with another schema: decoder.addSchema(...) makes it known.
            decoder =
                    new BinaryMessageDecoder<>(
                            SpecificData.getForClass(Prediction.class),
                            Prediction.getClassSchema());
        }

        @Override
        public Row deserialize(byte[] value) throws IOException {
            Prediction p = decoder.decode(value);
            Row row = Row.withNames();
            row.setField("asset", p.getAsset());
            row.setField("time", p.getTime());
            row.setField("prediction", p.getPrediction());
            row.setField("lower", p.getLower());
            row.setField("upper", p.getUpper());
            row.setField("contributions", p.getContributions());
            return row;
        }

        @Override
        public TypeInformation<Row> getProducedType() {
            return Types.ROW_NAMED(
                    new String[] {"asset", "time", "prediction", "lower", "upper", "contributions"},
                    Types.STRING,
                    Types.INSTANT,
                    Types.DOUBLE,
                    Types.DOUBLE,
                    Types.DOUBLE,
                    Types.MAP(Types.STRING, Types.DOUBLE));
        }
    }
}
