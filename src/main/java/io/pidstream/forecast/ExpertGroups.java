package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All groups of experts of one learner. */
final class ExpertGroups {
    static final Part PART =
            new Part("learn/experts", 1, ExpertKinds.ALL.stream().map(ExpertKind::part).toList());

    private final LearnerSettings settings;
    private final FeatureLayout layout;
    private final List<ExpertKind> kinds;
    private final List<ExpertGroup> groups;
    private final int size;

    ExpertGroups(LearnerSettings settings, FeatureLayout layout) {
        this(settings, layout, kinds(settings), new ArrayList<>());
        kinds.forEach(kind -> groups.add(kind.create(settings, layout)));
    }

    private ExpertGroups(
            LearnerSettings settings,
            FeatureLayout layout,
            List<ExpertKind> kinds,
            List<ExpertGroup> groups) {
        this.settings = settings;
        this.layout = layout;
        this.kinds = kinds;
        this.groups = groups;
        this.size = size(kinds, settings);
    }

    private static List<ExpertKind> kinds(LearnerSettings settings) {
        return ExpertKinds.ALL.stream().filter(kind -> kind.appliesTo(settings)).toList();
    }

    private static int size(List<ExpertKind> kinds, LearnerSettings settings) {
        return kinds.stream().mapToInt(kind -> kind.size(settings)).sum();
    }

    /** Number of experts of a learner. */
    static int size(LearnerSettings settings) {
        return size(kinds(settings), settings);
    }

    /** Number of experts in state of these versions. */
    static int size(LearnerSettings settings, Versions written) {
        return size(written(settings, written), settings);
    }

    private static List<ExpertKind> written(LearnerSettings settings, Versions versions) {
        return kinds(settings).stream().filter(kind -> versions.has(kind.part())).toList();
    }

    /**
     * Positions of a learner's experts in another learner, kind by kind.
     *
     * @return [experts of the first]
     */
    static int[] places(LearnerSettings from, LearnerSettings to) {
        return places(kinds(from), from, to);
    }

    /** Positions of the experts of older state in a learner of this program. */
    static int[] places(LearnerSettings settings, Versions written) {
        return places(written(settings, written), settings, settings);
    }

    private static int[] places(List<ExpertKind> kinds, LearnerSettings from, LearnerSettings to) {
        int[] places = new int[size(kinds, from)];
        int expert = 0;
        for (ExpertKind kind : kinds) {
            int place = 0;
            for (ExpertKind other : kinds(to)) {
                if (other == kind) {
                    break;
                }
                place += other.size(to);
            }
            for (int e = 0; e < kind.size(from); e++) {
                places[expert++] = place + e;
            }
        }
        return places;
    }

    /** Learns one frame with its target, both standardised. */
    void learn(long time, ModalitySet present, double[] features, double target) {
        for (ExpertGroup group : groups) {
            group.learn(time, present, features, target);
        }
    }

    /** Whether any group has learned enough labels to take part. */
    boolean isAwake() {
        for (ExpertGroup group : groups) {
            if (group.isAwake()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The experts' forecasts of a frame; those of groups that have learned too little are silent.
     */
    ExpertForecasts predict(ModalitySet present, double[] features, double mean, double deviation) {
        if (groups.size() == 1) {
            return groups.get(0).predict(present, features, mean, deviation);
        }
        double[] baselines = new double[size];
        double[] contributions = new double[size * layout.modalities()];
        int first = 0;
        for (int g = 0; g < groups.size(); g++) {
            int count = kinds.get(g).size(settings);
            if (groups.get(g).isAwake()) {
                ExpertForecasts said = groups.get(g).predict(present, features, mean, deviation);
                System.arraycopy(said.baselines(), 0, baselines, first, count);
                System.arraycopy(
                        said.contributions(),
                        0,
                        contributions,
                        first * layout.modalities(),
                        count * layout.modalities());
            } else {
                Arrays.fill(baselines, first, first + count, ExpertForecasts.SILENT);
            }
            first += count;
        }
        return new ExpertForecasts(baselines, contributions);
    }

    /** Copies the group that uses the channels only from another learner. */
    void takeOverChannels(ExpertGroups other) {
        ExpertKind kind = kinds.get(0);
        groups.set(
                0,
                Wire.copy(
                        other.groups.get(0)::writeTo,
                        in -> kind.read(in, Versions.CURRENT, settings, layout)));
    }

    void writeTo(DataOutput out) throws IOException {
        for (ExpertGroup group : groups) {
            group.writeTo(out);
        }
    }

    /** A kind that did not exist when the state was written starts without history. */
    static ExpertGroups readFrom(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        List<ExpertKind> kinds = kinds(settings);
        List<ExpertGroup> groups = new ArrayList<>(kinds.size());
        for (ExpertKind kind : kinds) {
            groups.add(
                    versions.has(kind.part())
                            ? kind.read(in, versions, settings, layout)
                            : kind.create(settings, layout));
        }
        return new ExpertGroups(settings, layout, kinds, groups);
    }
}
