package io.pidstream.train;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.stats.BrokenInvariant;
import io.pidstream.stats.Draw;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The labelled frames for training encoders: the newest ones, and a uniform sample of all older
 * ones.
 *
 * <p>Its content depends on the added rows and the seed, not on the order of arrival. Newest is by
 * event time; the sample consists of the rows with the smallest hashes (bottom-k sampling). Adding
 * a frame twice changes nothing.
 */
public final class ReplayBuffer {
    private static final Part PART = Part.of("train/replay-buffer", 2);

    static final Format<ReplayBuffer> FORMAT =
            Formats.of(PART, ReplayBuffer.class, ReplayBuffer::writeTo, ReplayBuffer::readFrom);

    private final Layout layout;
    private final TreeSet<LabelledRow> recent;
    private final TreeSet<Drawn> sample;

    /**
     * The layout of a buffer.
     *
     * @param columns description of the columns; rows with other columns do not fit
     * @param recent number of newest rows kept, at least 1
     * @param sample number of older rows kept
     * @param seed seed of the sample
     */
    public record Layout(String columns, int recent, int sample, long seed) {
        public Layout {
            if (recent < 1 || sample < 0) {
                throw new IllegalArgumentException(
                        "a buffer of %d recent rows and a sample of %d".formatted(recent, sample));
            }
        }
    }

    private record Drawn(long hash, LabelledRow row) {
        static final Comparator<Drawn> ORDER =
                Comparator.comparingLong(Drawn::hash)
                        .thenComparing(Drawn::row, LabelledRow.BY_TIME);
    }

    public ReplayBuffer(Layout layout) {
        this(layout, new TreeSet<>(LabelledRow.BY_TIME), new TreeSet<>(Drawn.ORDER));
    }

    private ReplayBuffer(Layout layout, TreeSet<LabelledRow> recent, TreeSet<Drawn> sample) {
        this.layout = layout;
        this.recent = recent;
        this.sample = sample;
    }

    /** Adds a frame unless it is already present or not selected. */
    public void add(LabelledRow row) {
        recent.add(row);
        if (recent.size() > layout.recent()) {
            LabelledRow oldest = recent.pollFirst();
            sample.add(new Drawn(draw(oldest), oldest));
            if (sample.size() > layout.sample()) {
                sample.pollLast();
            }
        }
    }

    private long draw(LabelledRow row) {
        return Draw.of(row.asset(), row.time(), layout.seed());
    }

    /** Number of rows, at most those of the layout. */
    public int size() {
        int size = recent.size() + sample.size();
        if (size > layout.recent() + layout.sample()) {
            throw new BrokenInvariant(
                    "the buffer has %d recent rows and a sample of %d; its layout is %s",
                    recent.size(), sample.size(), layout);
        }
        return size;
    }

    /** All rows, by time and then by asset. */
    public List<LabelledRow> rows() {
        List<LabelledRow> rows = new ArrayList<>(size());
        sample.forEach(drawn -> rows.add(drawn.row()));
        rows.addAll(recent);
        rows.sort(LabelledRow.BY_TIME);
        return rows;
    }

    /** The newest event time, milliseconds since 1970; 0 while empty. */
    public long newestTime() {
        return recent.isEmpty() ? 0 : recent.last().time();
    }

    /** An independent copy. */
    ReplayBuffer copy() {
        return new ReplayBuffer(layout, new TreeSet<>(recent), new TreeSet<>(sample));
    }

    /**
     * A buffer with the same rows and a layout that may have other sizes.
     *
     * @throws IllegalStateException if the columns differ; the message names both
     */
    ReplayBuffer under(Layout other) {
        if (!other.columns().equals(layout.columns())) {
            throw new IllegalStateException(
                    "the buffer of training samples that is restored is of %s; the configuration has %s"
                            .formatted(layout.columns(), other.columns()));
        }
        if (other.equals(layout)) {
            return this;
        }
        ReplayBuffer buffer = new ReplayBuffer(other);
        rows().forEach(buffer::add);
        return buffer;
    }

    private void writeTo(DataOutput out) throws IOException {
        byte[] columns = layout.columns().getBytes(StandardCharsets.UTF_8);
        out.writeInt(columns.length);
        out.write(columns);
        out.writeInt(layout.recent());
        out.writeInt(layout.sample());
        out.writeLong(layout.seed());
        out.writeInt(recent.size());
        for (LabelledRow row : recent) {
            row.writeTo(out);
        }
        out.writeInt(sample.size());
        for (Drawn drawn : sample) {
            drawn.row().writeTo(out);
        }
    }

    private static ReplayBuffer readFrom(DataInput in, Versions versions) throws IOException {
        boolean withPast = versions.of(PART) > 1;
        byte[] columns = new byte[in.readInt()];
        in.readFully(columns);
        ReplayBuffer buffer =
                new ReplayBuffer(
                        new Layout(
                                new String(columns, StandardCharsets.UTF_8),
                                in.readInt(),
                                in.readInt(),
                                in.readLong()));
        for (int i = in.readInt(); i > 0; i--) {
            buffer.recent.add(LabelledRow.readFrom(in, withPast));
        }
        for (int i = in.readInt(); i > 0; i--) {
            LabelledRow row = LabelledRow.readFrom(in, withPast);
            buffer.sample.add(new Drawn(buffer.draw(row), row));
        }
        return buffer;
    }

    @Override
    public String toString() {
        return "ReplayBuffer[%d recent, %d of the older]".formatted(recent.size(), sample.size());
    }
}
