package io.pidstream.version;

import io.pidstream.stats.NormalScore;
import java.util.List;

/** What the parameters of a version say, whatever its kind. */
public interface VersionContent {
    ModelShape shape();

    /** What training was seeded with. */
    long seed();

    /** The format of the parameters. */
    int formatVersion();

    /** Per target the map to normal scores that was frozen into the version. */
    List<NormalScore> scores();

    /** The parameters. */
    byte[] toBytes();
}
