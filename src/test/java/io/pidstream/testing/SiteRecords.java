package io.pidstream.testing;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records of one site with two modalities, mox and env. */
public final class SiteRecords {
    public static final Instant TIME = Instant.parse("2004-03-10T18:00:00Z");

    private SiteRecords() {}

    /** Its maps are in no particular order. */
    public static Explanation explanation() {
        return new Explanation(
                "site-1",
                TIME,
                0L,
                ExplanationStatus.OK,
                null,
                "mmi",
                200L,
                150.5,
                Map.of("mox+env", 1.72, "env", 0.2, "mox", 1.61),
                Map.of("mox", 0.02, "env", 0.01, "mox+env", 0.02),
                Map.of("mox", 1.52, "env", 0.11),
                Map.of("mox", 1.56, "env", 0.16),
                Map.of("mox", 1.41, "env", 0.0),
                0.2,
                0.11,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                0.0,
                null,
                null);
    }
}
