package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.Generations;
import io.pidstream.tables.RandomTables;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Random tables over the channels, for relations that are not linear: calendars, power curves,
 * modes of operation. At the fleet's level only, as a table has tens of kilobytes of leaves.
 */
enum TableKind implements ExpertKind {
    OF_CHANNELS;

    private static final Part PART = Part.of("learn/tables", 1, RandomTables.PART, RowSample.PART);

    private static final int[] BITS = {6, 8};
    private static final double[] RATES = {0.3, 0.6};
    private static final int MOST_VALUES = 65;

    /** Labels before tables take part; thresholds are placed anew at every power of two from it. */
    private static final int AWAKE_FROM = 16;

    /** Values beyond the ends of a channel's grid after which it is placed anew. */
    private static final int MOST_BEYOND = 64;

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
        return (settings.history() ? 2 : 1) * BITS.length;
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

    /**
     * Tables of two sizes, and the sample from which their thresholds are placed: at every power of
     * two of labels, and when a channel has left its range.
     */
    private static final class Group implements ExpertGroup {
        private final FeatureLayout layout;
        private final int[] channels;
        private final List<RandomTables> panels = new ArrayList<>();
        private RowSample sample;
        private final Generations generations = new Generations(AWAKE_FROM, 2);

        /** Per channel: ends of its grid, and values beyond them since it was placed. */
        private final double[] lower;

        private final double[] upper;
        private final int[] beyond;

        Group(LearnerSettings settings, FeatureLayout layout) {
            this.layout = layout;
            channels = layout.channels();
            sample = new RowSample(layout, channels);
            lower = new double[channels.length];
            upper = new double[channels.length];
            beyond = new int[channels.length];
            int[] modalityOf = new int[layout.features()];
            Arrays.setAll(modalityOf, layout::modalityOf);
            int[] sensors =
                    Arrays.stream(channels)
                            .filter(i -> modalityOf[i] < settings.sensors())
                            .toArray();
            for (int b = 0; settings.history() && b < BITS.length; b++) {
                panels.add(new RandomTables(channels, modalityOf, BITS[b], RATES[b]));
            }
            for (int b = 0; b < BITS.length; b++) {
                panels.add(new RandomTables(sensors, modalityOf, BITS[b], RATES[b]));
            }
        }

        @Override
        public void learn(ScaledFrame frame, double target, double scaled) {
            generations.add();
            sample.add(frame, scaled);
            for (int c = 0; c < channels.length; c++) {
                double value = frame.inputs()[channels[c]];
                if (frame.present().contains(layout.modalityOf(channels[c]))
                        && (value < lower[c] || value > upper[c])) {
                    beyond[c]++;
                }
            }
            for (RandomTables tables : panels) {
                tables.learn(frame.present(), frame.of(), target);
            }
        }

        @Override
        public void advance() {
            panels.forEach(RandomTables::advance);
            boolean all = generations.advance();
            double[][] grids = null;
            for (int c = 0; c < channels.length; c++) {
                if (all || (isAwake() && beyond[c] >= MOST_BEYOND)) {
                    grids = grids == null ? new double[layout.features()][] : grids;
                    grids[channels[c]] = grid(c);
                }
            }
            if (grids != null) {
                for (RandomTables tables : panels) {
                    tables.place(grids, sample.rows());
                }
            }
        }

        /** The present grid of a channel; null if it has never been present. */
        private double[] grid(int c) {
            double[] grid = sample.grid(channels[c], MOST_VALUES);
            beyond[c] = 0;
            if (grid.length == 0) {
                return null;
            }
            lower[c] = grid[0];
            upper[c] = grid[grid.length - 1];
            return grid;
        }

        @Override
        public boolean isAwake() {
            return generations.labels() >= AWAKE_FROM;
        }

        @Override
        public ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
            ModalitySet present = frame.present();
            double[] inputs = frame.inputs();
            double[] baselines = new double[panels.size()];
            double[] contributions = new double[panels.size() * layout.modalities()];
            float[] channels = new float[byChannel ? panels.size() * layout.features() : 0];
            for (int p = 0; p < baselines.length; p++) {
                RandomTables tables = panels.get(p);
                int offset = p * layout.modalities();
                baselines[p] = tables.predict(present, frame.of(), contributions, offset);
                if (byChannel) {
                    int first = p * layout.features();
                    tables.split(present, inputs, contributions, offset, channels, first);
                }
            }
            return new ExpertForecasts(baselines, contributions, channels);
        }

        @Override
        public void predictions(ScaledFrame frame, Scale target, double[] into, int offset) {
            for (int p = 0; p < panels.size(); p++) {
                into[offset + p] = panels.get(p).prediction(frame.present(), frame.of());
            }
        }

        @Override
        public void writeTo(DataOutput out) throws IOException {
            out.writeLong(generations.labels());
            for (int c = 0; c < channels.length; c++) {
                out.writeDouble(lower[c]);
                out.writeDouble(upper[c]);
                out.writeInt(beyond[c]);
            }
            sample.writeTo(out);
            for (RandomTables tables : panels) {
                tables.writeTo(out);
            }
        }

        private void readFrom(DataInput in, Versions versions) throws IOException {
            generations.restore(in.readLong());
            for (int c = 0; c < channels.length; c++) {
                lower[c] = in.readDouble();
                upper[c] = in.readDouble();
                beyond[c] = in.readInt();
            }
            sample = RowSample.readFrom(in, layout, channels);
            for (RandomTables tables : panels) {
                tables.readFrom(in, versions);
            }
        }
    }
}
