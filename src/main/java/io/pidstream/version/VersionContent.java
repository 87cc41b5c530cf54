package io.pidstream.version;

import io.pidstream.stats.NormalScore;
import java.util.List;

/** The parsed parameters of a version of any kind. */
public interface VersionContent {
    ModelShape shape();

    /** Seed of the training. */
    long seed();

    /** The format of the parameters. */
    int formatVersion();

    /** The version's frozen maps to normal scores, one per target. */
    List<NormalScore> scores();

    /** The parameters. */
    byte[] toBytes();
}
