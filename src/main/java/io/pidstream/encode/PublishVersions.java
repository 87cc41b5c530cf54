package io.pidstream.encode;

import io.pidstream.avro.ModelVersion;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Publishes model versions to a {@link VersionLoop}, and up to which event time they are complete.
 */
public final class PublishVersions extends AbstractStreamOperator<ModelVersion>
        implements OneInputStreamOperator<ModelVersion, ModelVersion> {
    private static final long serialVersionUID = 1;

    private final String loopName;
    private transient VersionLoop loop;

    /**
     * @param loopName name of an open loop of this process
     */
    public PublishVersions(String loopName) {
        this.loopName = loopName;
    }

    @Override
    public void open() throws Exception {
        super.open();
        loop = VersionLoop.named(loopName);
    }

    @Override
    public void processElement(StreamRecord<ModelVersion> record) {
        loop.publish(record.getValue());
        output.collect(record);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        loop.completeTo(mark.getTimestamp());
    }
}
