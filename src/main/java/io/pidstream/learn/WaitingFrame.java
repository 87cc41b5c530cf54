package io.pidstream.learn;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.EncodedFrameFormat;
import io.pidstream.event.LabelFormat;
import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Optionals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A slot of an asset until no label can come for it any more.
 *
 * @param frame the frame; null once it has been learned from
 * @param known the asset's newest known target when it was the frame's turn; null if there was
 *     none, or it has not been its turn
 * @param label the label that was learned; null while there is none
 */
record WaitingFrame(EncodedFrame frame, KnownTarget known, Label label) {
    boolean isLearned() {
        return label != null;
    }

    /** Writes a waiting frame. */
    public static final class Format implements BinaryFormat<WaitingFrame> {
        private static final long serialVersionUID = 1;

        private static final EncodedFrameFormat FRAMES = new EncodedFrameFormat();
        private static final KnownTarget.Format TARGETS = new KnownTarget.Format();
        private static final LabelFormat LABELS = new LabelFormat();

        @Override
        public Class<WaitingFrame> type() {
            return WaitingFrame.class;
        }

        @Override
        public void write(WaitingFrame value, DataOutput out) throws IOException {
            Optionals.write(FRAMES, value.frame(), out);
            Optionals.write(TARGETS, value.known(), out);
            Optionals.write(LABELS, value.label(), out);
        }

        @Override
        public WaitingFrame read(DataInput in) throws IOException {
            return new WaitingFrame(
                    Optionals.read(FRAMES, in),
                    Optionals.read(TARGETS, in),
                    Optionals.read(LABELS, in));
        }
    }
}
