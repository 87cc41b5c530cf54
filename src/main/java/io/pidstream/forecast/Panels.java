package io.pidstream.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Experts of several sorts, each of which sees some of what is predicted from. With the identity
 * there is one sort, which sees the channels. With a trained version there are three: those that
 * see the channels, as without it; those that see channels and the network's shares; and those that
 * see the shares alone, which need few labels. So a network that is of no use takes nothing away.
 */
final class Panels {
    /** Labels from which on experts that see shares speak. */
    private static final long SILENT_LABELS = 20;

    private final List<Experts> panels = new ArrayList<>();

    /** Per panel, the latents that it sees. */
    private final List<int[]> seen;

    private final Layout layout;
    private final int perPanel;

    Panels(LearnerSettings settings, Layout layout) {
        this.layout = layout;
        this.perPanel = settings.halfLives().size();
        this.seen = settings.panels();
        for (int[] indices : seen) {
            panels.add(new Experts(settings, layout.part(indices)));
        }
    }

    /** Format of state that has panels: what one panel writes is as old as the first format. */
    static byte stateVersion(LearnerSettings settings) {
        return (byte) (settings.panels().size() == 1 ? 1 : 2);
    }

    /** Number of experts. */
    static int size(LearnerSettings settings) {
        return settings.panels().size() * settings.halfLives().size();
    }

    /** Learns one frame with its target, both standardised. */
    void learn(long time, int present, double[] latents, double target) {
        for (int p = 0; p < panels.size(); p++) {
            panels.get(p).learn(time, present, pick(p, latents), target);
        }
    }

    boolean hasLearned() {
        return panels.get(0).hasLearned();
    }

    /** What the experts say that are awake: those of the channels, or all. */
    ExpertForecasts predict(int present, double[] latents, double mean, double deviation) {
        List<ExpertForecasts> awake = new ArrayList<>(panels.size());
        for (int p = 0; p < panels.size(); p++) {
            if (p == 0 || panels.get(p).samples() >= SILENT_LABELS) {
                awake.add(panels.get(p).predict(present, pick(p, latents), mean, deviation));
            }
        }
        return awake.size() == 1 ? awake.get(0) : joined(awake);
    }

    private ExpertForecasts joined(List<ExpertForecasts> parts) {
        double[] baselines = new double[parts.size() * perPanel];
        double[] contributions = new double[baselines.length * layout.modalities()];
        for (int p = 0; p < parts.size(); p++) {
            ExpertForecasts part = parts.get(p);
            System.arraycopy(part.baselines(), 0, baselines, p * perPanel, perPanel);
            double[] of = part.contributions();
            System.arraycopy(of, 0, contributions, p * of.length, of.length);
        }
        return new ExpertForecasts(baselines, contributions);
    }

    private double[] pick(int panel, double[] latents) {
        int[] indices = seen.get(panel);
        if (indices.length == latents.length) {
            return latents;
        }
        return Arrays.stream(indices).mapToDouble(i -> latents[i]).toArray();
    }

    /** Takes the experts of the channels over from another, as copies. */
    void takeOver(Panels other, LearnerSettings settings) {
        panels.set(0, other.panels.get(0).copy(settings));
    }

    void writeTo(DataOutput out) throws IOException {
        for (Experts panel : panels) {
            panel.writeTo(out);
        }
    }

    static Panels readFrom(DataInput in, LearnerSettings settings, Layout layout)
            throws IOException {
        Panels read = new Panels(settings, layout);
        for (int p = 0; p < read.panels.size(); p++) {
            Layout part = layout.part(read.seen.get(p));
            read.panels.set(p, Experts.readFrom(in, settings, part));
        }
        return read;
    }
}
