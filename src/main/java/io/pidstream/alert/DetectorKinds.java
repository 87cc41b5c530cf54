package io.pidstream.alert;

import io.pidstream.detect.ShiftMonitor;
import io.pidstream.format.Part;
import java.util.ArrayList;
import java.util.List;

/** All detector kinds, one line each. */
final class DetectorKinds {
    /** In the order in which they process a block. */
    static final List<DetectorKind> ALL =
            List.of(
                    new ContributionDetector.Kind(),
                    new ErrorDetector.Kind(),
                    new FrozenDetector.Kind());

    private static final double ROUNDING = 1e-9;

    static {
        double sum = ALL.stream().mapToDouble(DetectorKind::weight).sum();
        if (Math.abs(sum - 1) > ROUNDING) {
            throw new IllegalStateException("the weights of the detectors sum to " + sum);
        }
    }

    private DetectorKinds() {}

    /**
     * The state part of all detectors of an asset.
     *
     * @param further further parts written with them
     */
    static Part part(String name, int version, Part... further) {
        List<Part> parts = new ArrayList<>(List.of(further));
        ALL.forEach(kind -> parts.add(kind.part()));
        parts.add(ShiftMonitor.PART);
        return new Part(name, version, parts);
    }
}
