package io.pidstream.forecast;

import java.util.List;

/** All expert kinds, one line each. */
final class ExpertKinds {
    /** In the order of their weights. */
    static final List<ExpertKind> ALL =
            List.of(
                    LinearKind.OF_CHANNELS,
                    LinearKind.OF_ALL,
                    LinearKind.OF_SHARES,
                    SharesKind.AS_THEY_ARE,
                    ConstantKind.OF_MEAN,
                    TableKind.OF_CHANNELS,
                    PieceKind.OF_CHANNELS);

    private ExpertKinds() {}
}
