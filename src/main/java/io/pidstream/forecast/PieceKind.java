package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.Generations;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Linear experts on channels in pieces: additive in the channels, and any piecewise linear function
 * of each, as power curves and calendars are. At the fleet's level only, as moments of all pieces
 * take tens of kilobytes.
 */
enum PieceKind implements ExpertKind {
    OF_CHANNELS;

    private static final Part PART = Part.of("learn/pieces", 1, LinearExperts.PART, RowSample.PART);

    private static final List<Integer> HALF_LIVES = List.of(1000, 5000);

    /**
     * Knots are placed at the first number of labels and whenever it has grown by the factor: a new
     * generation starts from the sampled rows and takes over at once.
     */
    private static final long FIRST = 64;

    private static final long GROWTH = 8;

    @Override
    public Part part() {
        return PART;
    }

    @Override
    public boolean readsChannelsOnly() {
        return true;
    }

    @Override
    public boolean appliesTo(LearnerSettings settings, Level level) {
        return level == Level.FLEET;
    }

    /** With the target's own past as a modality, then without. */
    @Override
    public int size(LearnerSettings settings, int version) {
        return (settings.history() ? 2 : 1) * HALF_LIVES.size();
    }

    @Override
    public ExpertGroup create(LearnerSettings settings, FeatureLayout layout) {
        return new Group(settings, layout);
    }

    @Override
    public ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        Group group = new Group(settings, layout);
        group.readFrom(in, versions);
        return group;
    }

    private static final class Group implements ExpertGroup {
        private final LearnerSettings settings;
        private final FeatureLayout layout;
        private final int[] channels;
        private final long[] halfLives;
        private RowSample sample;
        private final Generations generations = new Generations(FIRST, GROWTH);

        /** Null before the first knots. */
        private Pieces pieces;

        private LinearExperts experts;

        Group(LearnerSettings settings, FeatureLayout layout) {
            this.settings = settings;
            this.layout = layout;
            channels = layout.channels();
            sample = new RowSample(layout, channels);
            Duration period = settings.period();
            halfLives =
                    HALF_LIVES.stream().mapToLong(n -> period.multipliedBy(n).toMillis()).toArray();
        }

        @Override
        public void learn(ScaledFrame frame, double target, double scaled) {
            generations.add();
            sample.add(frame, scaled);
            if (pieces != null) {
                learn(frame.time(), frame.present(), frame.inputs(), scaled);
            }
        }

        private void learn(long time, ModalitySet present, double[] inputs, double scaled) {
            experts.learn(time, present, pieces.of(present, inputs), scaled);
        }

        @Override
        public void advance() {
            if (generations.advance()) {
                place();
            }
        }

        private void place() {
            double[][] grids = new double[channels.length][];
            for (int c = 0; c < channels.length; c++) {
                grids[c] = sample.grid(channels[c], Pieces.MOST_PER_CHANNEL + 1);
            }
            pieces = Pieces.of(layout, channels, grids);
            experts = new LinearExperts(halfLives, pieces.layout());
            for (RowSample.Row row : sample.rows()) {
                learn(row.time(), row.present(), row.inputs(), row.target());
            }
        }

        @Override
        public boolean isAwake() {
            return pieces != null && pieces.count() > 0;
        }

        @Override
        public ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
            ModalitySet present = frame.present();
            double[] features = pieces.of(present, frame.inputs());
            FeatureParts parts = byChannel ? pieces.parts() : FeatureParts.NONE;
            ExpertForecasts all = experts.predict(present, features, target, parts);
            if (!settings.history()) {
                return all;
            }
            ModalitySet without = present.without(settings.sensors());
            return all.and(experts.predict(without, features, target, parts));
        }

        @Override
        public void writeTo(DataOutput out) throws IOException {
            out.writeLong(generations.labels());
            sample.writeTo(out);
            out.writeBoolean(pieces != null);
            if (pieces != null) {
                pieces.writeTo(out);
                experts.writeTo(out);
            }
        }

        private void readFrom(DataInput in, Versions versions) throws IOException {
            generations.restore(in.readLong());
            sample = RowSample.readFrom(in, layout, channels);
            if (in.readBoolean()) {
                pieces = Pieces.readFrom(in, layout, channels);
                experts = LinearExperts.readFrom(in, versions, halfLives, pieces.layout());
            }
        }
    }
}
