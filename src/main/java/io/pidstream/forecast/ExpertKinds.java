package io.pidstream.forecast;

import java.util.List;

/** All expert kinds, one line each. */
final class ExpertKinds {
    /**
     * In the order of their weights. The first kind applies to every learner, so the experts that
     * use the channels only have the same positions under every version.
     */
    static final List<ExpertKind> ALL =
            List.of(LinearKind.OF_CHANNELS, LinearKind.OF_ALL, LinearKind.OF_SHARES);

    private ExpertKinds() {}
}
