package io.pidstream.learn;

import io.pidstream.event.Encoding;
import io.pidstream.forecast.Learner;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.api.common.state.MapState;

/**
 * The learners of one key in state, one per model version. The learner of a new version starts
 * warm, from the learner of the active version.
 */
final class VersionLearners<L extends Learner<?>> {
    private final MapState<Long, L> state;
    private final LearnerSettings settings;
    private final Function<LearnerSettings, L> beginner;
    private final BiFunction<L, LearnerSettings, L> fork;

    /**
     * @param beginner makes a learner without history
     * @param fork makes a warm-started learner from another one
     */
    VersionLearners(
            MapState<Long, L> state,
            LearnerSettings settings,
            Function<LearnerSettings, L> beginner,
            BiFunction<L, LearnerSettings, L> fork) {
        this.state = state;
        this.settings = settings;
        this.beginner = beginner;
        this.fork = fork;
    }

    /**
     * The learner of an encoding's version.
     *
     * @param active the encoding of the same frame by the active version
     * @param ofActive the learner of the active version; null for the active version itself
     */
    L get(Encoding encoding, Encoding active, L ofActive) throws Exception {
        L learner = state.get(encoding.version());
        if (learner != null) {
            return learner;
        }
        int targets = settings.targets().size();
        LearnerSettings ofVersion =
                settings.forVersion(encoding.latent(targets), encoding.modalities(targets));
        if (ofActive == null) {
            return beginner.apply(ofVersion);
        }
        L forked = fork.apply(ofActive, ofVersion);
        if (encoding.space() == active.space()) {
            forked.explainOnFrom(ofActive);
        }
        return forked;
    }

    /** To be called after predictions too: they change the learner (count, solved experts). */
    void put(long version, L learner) throws Exception {
        state.put(version, learner);
    }

    /**
     * Removes older versions that no longer encode frames. The frame may have waited for its label,
     * so newer versions are kept.
     */
    void forgetOthers(Observation labelled) throws Exception {
        Set<Long> kept = labelled.versions();
        long newest = Collections.max(kept);
        List<Long> known = new ArrayList<>();
        state.keys().forEach(known::add);
        for (long version : known) {
            if (version < newest && !kept.contains(version)) {
                state.remove(version);
            }
        }
    }
}
