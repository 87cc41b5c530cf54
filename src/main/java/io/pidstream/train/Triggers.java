package io.pidstream.train;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to train: every so many labelled frames, or when asked to. However often it is asked while
 * training cannot begin, it is remembered once; and nobody trains twice on the same frames.
 */
final class Triggers {
    static final Format<Triggers> FORMAT =
            Formats.of(
                    Part.of("train/triggers", 1),
                    Triggers.class,
                    Triggers::writeTo,
                    Triggers::readFrom);

    private final int every;

    /** Frames since training began last. */
    private int labelled;

    /** Why training is wanted; null while it is not. */
    private String wanted;

    /**
     * @param every labelled frames from one training to the next
     */
    Triggers(int every) {
        this(every, 0, null);
    }

    private Triggers(int every, int labelled, String wanted) {
        this.every = every;
        this.labelled = labelled;
        this.wanted = wanted;
    }

    void labelled() {
        labelled++;
        if (labelled >= every && wanted == null) {
            wanted = "%,d labelled frames".formatted(labelled);
        }
    }

    /** Asks for training; in vain while there is nothing new to learn from. */
    void ask(String why) {
        if (labelled > 0 && wanted == null) {
            wanted = why;
        }
    }

    /** Why training is to begin now; null if it is not. */
    String take() {
        String why = wanted;
        if (why != null) {
            wanted = null;
            labelled = 0;
        }
        return why;
    }

    /**
     * As they are to be when this process is lost: training that is under way begins again.
     *
     * @param running why; null for none
     */
    Triggers resuming(String running) {
        return new Triggers(every, labelled, running == null ? wanted : running);
    }

    /** The same under another configuration. */
    Triggers every(int frames) {
        return new Triggers(frames, labelled, wanted);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeInt(every);
        out.writeInt(labelled);
        out.writeBoolean(wanted != null);
        if (wanted != null) {
            out.writeUTF(wanted);
        }
    }

    private static Triggers readFrom(DataInput in, Versions versions) throws IOException {
        return new Triggers(in.readInt(), in.readInt(), in.readBoolean() ? in.readUTF() : null);
    }
}
