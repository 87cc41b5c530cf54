package io.pidstream.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to train: every so many labelled frames, or when asked to. However often it is asked while
 * training cannot begin, it is remembered once; and nobody trains twice on the same frames.
 */
final class Triggers {
    private static final int VERSION = 1;

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

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(every);
        out.writeInt(labelled);
        out.writeBoolean(wanted != null);
        if (wanted != null) {
            out.writeUTF(wanted);
        }
    }

    static Triggers readFrom(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("triggers have version " + version + ", expected " + VERSION);
        }
        return new Triggers(in.readInt(), in.readInt(), in.readBoolean() ? in.readUTF() : null);
    }
}
