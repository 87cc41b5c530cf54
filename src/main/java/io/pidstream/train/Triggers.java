package io.pidstream.train;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to train: after a number of labelled frames, or on request. Requests made while training
 * cannot start are merged into one, and the same frames are never trained on twice.
 */
final class Triggers {
    static final Format<Triggers> FORMAT =
            Formats.of(
                    Part.of("train/triggers", 1),
                    Triggers.class,
                    Triggers::writeTo,
                    Triggers::readFrom);

    private final int every;

    /** Number of frames since the last start of training. */
    private int labelled;

    /** Reason of the pending request; null if there is none. */
    private String wanted;

    /**
     * @param every least number of labelled frames between trainings
     */
    Triggers(int every) {
        this(every, 0, null);
    }

    private Triggers(int every, int labelled, String wanted) {
        this.every = every;
        this.labelled = labelled;
        this.wanted = wanted;
    }

    /**
     * Adds a labelled frame.
     *
     * @param rows number of rows that would be trained on
     */
    void labelled(int rows) {
        labelled++;
        if (labelled >= between(every, rows) && wanted == null) {
            wanted = "%,d labelled frames".formatted(labelled);
        }
    }

    /**
     * Number of labelled frames between two trainings: what is trained on many rows changes little
     * by a few more, so at least a tenth of them is new.
     *
     * @param rows number of rows that are trained on
     */
    static long between(int every, long rows) {
        return Math.max(every, rows / 10);
    }

    /** Requests training; ignored if there are no new frames. */
    void ask(String why) {
        if (labelled > 0 && wanted == null) {
            wanted = why;
        }
    }

    /** Takes the pending request: the reason to start training now, or null. */
    String take() {
        String why = wanted;
        if (why != null) {
            wanted = null;
            labelled = 0;
        }
        return why;
    }

    /**
     * The triggers to store in a checkpoint: training in progress becomes a pending request.
     *
     * @param running reason of the training in progress; null for none
     */
    Triggers resuming(String running) {
        return new Triggers(every, labelled, running == null ? wanted : running);
    }

    /** The same triggers with another frequency. */
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
