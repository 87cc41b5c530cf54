package io.pidstream.config;

import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.choice;

import io.pidstream.config.PipelineConfig.Pid;
import io.pidstream.pid.PidDefinition;

/** The section {@code pid}. */
final class PidSection {
    static final Section<Pid> KEYS = Section.of("pid", PipelineConfig::pid);

    static final Key<PidDefinition> DEFINITION =
            KEYS.key("definition", choice(PidDefinition.class))
                    .or(PidDefinition.MMI)
                    .of(Pid::definition)
                    .means("Definition of redundancy in the [decomposition](decomposition.md).");

    static final Key<Double> TOLERANCE =
            KEYS.key("tolerance", between(0, 1))
                    .or(0.05)
                    .of(Pid::tolerance)
                    .means(
                            "A modality can be left out if the residual standard deviation rises by"
                                    + " no more than this share.");

    private PidSection() {}

    static Pid read(ConfigNode root) {
        return new Pid(root.get(DEFINITION), root.get(TOLERANCE));
    }
}
