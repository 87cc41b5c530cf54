package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.stats.BrokenInvariant;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All groups of experts of one learner. */
final class ExpertGroups {
    static final Part PART =
            new Part("learn/experts", 1, ExpertKinds.ALL.stream().map(ExpertKind::part).toList());

    private final LearnerSettings settings;
    private final FeatureLayout layout;
    private final List<ExpertKind> kinds;
    private final List<ExpertGroup> groups;
    private final int size;

    ExpertGroups(LearnerSettings settings, FeatureLayout layout, Level level) {
        this(settings, layout, kinds(settings, level), new ArrayList<>());
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

    private static List<ExpertKind> kinds(LearnerSettings settings, Level level) {
        return ExpertKinds.ALL.stream().filter(kind -> kind.appliesTo(settings, level)).toList();
    }

    private static int size(List<ExpertKind> kinds, LearnerSettings settings) {
        return kinds.stream().mapToInt(kind -> kind.size(settings)).sum();
    }

    /** Sizes of the kinds that state of these versions has. */
    private static Map<ExpertKind, Integer> written(
            LearnerSettings settings, Level level, Versions versions) throws FormatException {
        Map<ExpertKind, Integer> sizes = new LinkedHashMap<>();
        for (ExpertKind kind : kinds(settings, level)) {
            if (versions.has(kind.part())) {
                sizes.put(kind, kind.size(settings, versions.of(kind.part())));
            }
        }
        return sizes;
    }

    /** Number of experts of a learner. */
    static int size(LearnerSettings settings, Level level) {
        return size(kinds(settings, level), settings);
    }

    /** Number of experts in state of these versions. */
    static int size(LearnerSettings settings, Level level, Versions written)
            throws FormatException {
        return written(settings, level, written).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * Positions of a learner's experts in another learner, kind by kind.
     *
     * @return [experts of the first]
     */
    static int[] places(LearnerSettings from, LearnerSettings to, Level level) {
        Map<ExpertKind, Integer> sizes = new LinkedHashMap<>();
        kinds(from, level).forEach(kind -> sizes.put(kind, kind.size(from)));
        return places(sizes, to, level);
    }

    /** Positions of the experts of older state in a learner of this program. */
    static int[] places(LearnerSettings settings, Level level, Versions written)
            throws FormatException {
        return places(written(settings, level, written), settings, level);
    }

    private static int[] places(Map<ExpertKind, Integer> sizes, LearnerSettings to, Level level) {
        int[] places = new int[sizes.values().stream().mapToInt(Integer::intValue).sum()];
        int expert = 0;
        for (Map.Entry<ExpertKind, Integer> from : sizes.entrySet()) {
            int place = 0;
            for (ExpertKind other : kinds(to, level)) {
                if (other == from.getKey()) {
                    break;
                }
                place += other.size(to);
            }
            for (int e = 0; e < from.getValue(); e++) {
                places[expert++] = place + e;
            }
        }
        return places;
    }

    /**
     * Position, at either level, of the linear expert that predictions are measured by: of the
     * channels alone, with the longest half-life.
     */
    static int linearYardstick(LearnerSettings settings) {
        LinearKind kind = LinearKind.OF_CHANNELS;
        if (ExpertKinds.ALL.get(0) != kind) {
            throw new BrokenInvariant(
                    "the first experts are %s, expected %s", ExpertKinds.ALL.get(0), kind);
        }
        return kind.ofLongestHalfLife(settings);
    }

    /** Learns one frame with its target; see {@link ExpertGroup#learn}. */
    void learn(ScaledFrame frame, double target, double scaled) {
        for (ExpertGroup group : groups) {
            group.learn(frame, target, scaled);
        }
    }

    /** Ends an instant; see {@link ExpertGroup#advance}. */
    void advance() {
        groups.forEach(ExpertGroup::advance);
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
     *
     * @param byChannel whether contributions are split by channel
     */
    ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
        double[] baselines = new double[size];
        double[] contributions = new double[size * layout.modalities()];
        float[] channels = new float[byChannel ? size * layout.features() : 0];
        int first = 0;
        for (int g = 0; g < groups.size(); g++) {
            int count = kinds.get(g).size(settings);
            if (groups.get(g).isAwake()) {
                ExpertForecasts said = groups.get(g).predict(frame, target, byChannel);
                System.arraycopy(said.baselines(), 0, baselines, first, count);
                System.arraycopy(
                        said.contributions(),
                        0,
                        contributions,
                        first * layout.modalities(),
                        count * layout.modalities());
                System.arraycopy(
                        said.channels(),
                        0,
                        channels,
                        byChannel ? first * layout.features() : 0,
                        said.channels().length);
            } else {
                Arrays.fill(baselines, first, first + count, ExpertForecasts.SILENT);
            }
            first += count;
        }
        return new ExpertForecasts(baselines, contributions, channels);
    }

    /**
     * The experts' predictions alone.
     *
     * @return [experts]; NaN for those of groups that have learned too little
     */
    double[] predictions(ScaledFrame frame, Scale target) {
        double[] predictions = new double[size];
        Arrays.fill(predictions, ExpertForecasts.SILENT);
        int first = 0;
        for (int g = 0; g < groups.size(); g++) {
            if (groups.get(g).isAwake()) {
                groups.get(g).predictions(frame, target, predictions, first);
            }
            first += kinds.get(g).size(settings);
        }
        return predictions;
    }

    /** Copies the groups that read channels only from another learner of the same level. */
    void takeOverChannels(ExpertGroups other) {
        for (int g = 0; g < groups.size(); g++) {
            ExpertKind kind = kinds.get(g);
            int from = other.kinds.indexOf(kind);
            if (kind.readsChannelsOnly() && from >= 0) {
                groups.set(
                        g,
                        Wire.copy(
                                other.groups.get(from)::writeTo,
                                in -> kind.read(in, Versions.CURRENT, settings, layout)));
            }
        }
    }

    void writeTo(DataOutput out) throws IOException {
        for (ExpertGroup group : groups) {
            group.writeTo(out);
        }
    }

    /** A kind that did not exist when the state was written starts without history. */
    static ExpertGroups readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            Level level)
            throws IOException {
        List<ExpertKind> kinds = kinds(settings, level);
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
