package io.pidstream.alert;

import io.pidstream.format.Part;
import java.util.List;

/** A kind of detectors, which every asset and the fleet have. */
interface DetectorKind {
    /** Name and version of what a detector writes; the name identifies the kind in state. */
    Part part();

    /** Share of the tolerated false alarms that all detectors of this kind take together. */
    double weight();

    /**
     * Detectors of one asset, or of the fleet, that know nothing yet.
     *
     * @param modalities their number, a history included
     * @param channels number of channels of all sensors
     * @param smallestShift see {@link AlertSettings}
     */
    List<BlockDetector> detectors(int modalities, int channels, double smallestShift);
}
