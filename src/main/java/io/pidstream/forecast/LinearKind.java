package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Linear experts, one per half-life, on a subset of the features. With the identity there are
 * channels only. With a trained version there are three kinds: experts on the channels, as without
 * it; on the channels and the network's shares; and on the shares alone, which need few labels. So
 * a useless network does no harm.
 */
enum LinearKind implements ExpertKind {
    OF_CHANNELS("learn/linear-of-channels", 2, 1) {
        @Override
        int[] seen(FeatureLayout layout) {
            return layout.channels();
        }
    },
    OF_ALL("learn/linear-of-all", 1, LinearGroup.SILENT_LABELS) {
        @Override
        int[] seen(FeatureLayout layout) {
            return layout.all();
        }
    },
    OF_SHARES("learn/linear-of-shares", 1, LinearGroup.SILENT_LABELS) {
        @Override
        int[] seen(FeatureLayout layout) {
            return layout.shares();
        }
    };

    private final Part part;
    private final int awakeFrom;

    LinearKind(String name, int version, int awakeFrom) {
        this.part = Part.of(name, version, LinearExperts.PART);
        this.awakeFrom = awakeFrom;
    }

    /** Indices of the features that experts of this kind use, ascending. */
    abstract int[] seen(FeatureLayout layout);

    @Override
    public Part part() {
        return part;
    }

    @Override
    public boolean readsChannelsOnly() {
        return this == OF_CHANNELS;
    }

    @Override
    public boolean appliesTo(LearnerSettings settings, Level level) {
        return this == OF_CHANNELS || settings.latent() > 0;
    }

    /**
     * Experts of the channels come twice where the target's own past is a modality: with it, then
     * without.
     */
    @Override
    public int size(LearnerSettings settings, int version) {
        int halfLives = settings.halfLives().size();
        return withoutPast(settings) && version > 1 ? 2 * halfLives : halfLives;
    }

    /**
     * Position within a group of the expert of the longest half-life, of those without the target's
     * own past if there are such.
     */
    int ofLongestHalfLife(LearnerSettings settings) {
        List<Duration> halfLives = settings.halfLives();
        int longest = halfLives.indexOf(Collections.max(halfLives));
        return withoutPast(settings) ? halfLives.size() + longest : longest;
    }

    private boolean withoutPast(LearnerSettings settings) {
        return this == OF_CHANNELS && settings.history();
    }

    @Override
    public ExpertGroup create(LearnerSettings settings, FeatureLayout layout) {
        return group(settings, layout, new LinearExperts(settings, part(layout)));
    }

    @Override
    public ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        return group(
                settings, layout, LinearExperts.readFrom(in, versions, settings, part(layout)));
    }

    private LinearGroup group(
            LearnerSettings settings, FeatureLayout layout, LinearExperts experts) {
        int leftOut = withoutPast(settings) ? settings.sensors() : LinearGroup.NONE;
        return new LinearGroup(seen(layout), layout.features(), awakeFrom, experts, leftOut);
    }

    private FeatureLayout part(FeatureLayout layout) {
        return layout.part(seen(layout));
    }
}
