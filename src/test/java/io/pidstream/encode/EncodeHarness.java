package io.pidstream.encode;

import io.pidstream.avro.ModelVersion;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Frame;
import io.pidstream.event.Targets;
import io.pidstream.join.KnownTarget;
import io.pidstream.join.Observation;
import io.pidstream.testing.Serializers;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The encode stage in Flink's harness, and what it receives. */
public final class EncodeHarness {
    private EncodeHarness() {}

    /** Not opened. */
    public static KeyedTwoInputStreamOperatorTestHarness<
                    String, Observation, ModelVersion, Observation>
            of(EncodeSettings settings) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, Observation, ModelVersion, Observation>(
                        new EncodeOperator(settings), Observation::asset, null, Types.STRING);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(Serializers.of(Observation.FORMAT));
        return harness;
    }

    /** A frame at its own turn. */
    public static Observation observation(Frame frame) {
        return observation(frame, null);
    }

    /** A frame at its own turn, with what was known of its labels. */
    public static Observation observation(Frame frame, KnownTarget known) {
        return new Observation(
                EncodedFrame.notYet(frame), known, true, null, frame.turn(), List.of());
    }

    /** The label of a frame, some time after its turn. */
    static Observation label(Frame frame, KnownTarget known, long turn) {
        Instant time = Instant.ofEpochMilli(frame.time());
        return new Observation(
                EncodedFrame.notYet(frame),
                known,
                false,
                Targets.label(frame.asset(), time, Instant.ofEpochMilli(turn), 1),
                turn,
                List.of());
    }
}
