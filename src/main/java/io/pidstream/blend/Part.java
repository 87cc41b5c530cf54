package io.pidstream.blend;

import io.pidstream.version.VersionKind;
import io.pidstream.version.VersionKinds;

/** The two parts of a version. */
enum Part {
    NETWORK("piecewise"),
    TREES("trees");

    private final String architecture;

    Part(String architecture) {
        this.architecture = architecture;
    }

    String architecture() {
        return architecture;
    }

    VersionKind kind() {
        return VersionKinds.of(architecture);
    }
}
