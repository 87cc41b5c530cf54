package io.pidstream.forecast;

import java.util.List;

/** The kinds of experts that there are; each is a line here. */
final class ExpertKinds {
    /**
     * In the order of their weights. The first kind applies to every learner, so what is predicted
     * from the channels alone has the same place under every version.
     */
    static final List<ExpertKind> ALL =
            List.of(LinearKind.OF_CHANNELS, LinearKind.OF_ALL, LinearKind.OF_SHARES);

    private ExpertKinds() {}
}
