package io.pidstream.learn;

import io.pidstream.event.Encoding;
import io.pidstream.forecast.Learner;
import io.pidstream.forecast.LearnerSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.api.common.state.MapState;

/**
 * The learners of one key in state, one per model version; the learner of a new version begins with
 * what that of the active version knows.
 */
final class VersionLearners<L extends Learner<?>> {
    private final MapState<Long, L> state;
    private final LearnerSettings settings;
    private final Function<LearnerSettings, L> beginner;
    private final BiFunction<L, LearnerSettings, L> fork;

    /**
     * @param beginner makes a learner that knows nothing
     * @param fork makes a learner that begins with what another one knows
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
     * @param active the learner of the active version; null for the active version itself
     */
    L get(Encoding encoding, L active) throws Exception {
        L learner = state.get(encoding.version());
        if (learner != null) {
            return learner;
        }
        LearnerSettings ofVersion = settings.forLatent(encoding.latent(settings.sensors()));
        return active == null ? beginner.apply(ofVersion) : fork.apply(active, ofVersion);
    }

    /** A prediction changes a learner too: it is counted, and experts are solved for it. */
    void put(long version, L learner) throws Exception {
        state.put(version, learner);
    }

    /**
     * Forgets older versions that frames are not encoded by any more. The frame may have waited for
     * its label, so newer versions stay.
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
