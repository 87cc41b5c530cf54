package io.pidstream.alert;

import io.pidstream.format.Part;
import java.util.List;

/** A kind of detector. Every asset and the fleet have detectors of every kind. */
interface DetectorKind {
    /** Name and version of what a detector writes; the name identifies the kind in state. */
    Part part();

    /** Share of the false-alarm budget for all detectors of this kind together. */
    double weight();

    /**
     * New detectors, without history, of one asset or of the fleet.
     *
     * @param modalities number of modalities, including the target's history if configured
     * @param channels number of channels of all sensors
     * @param smallestShift see {@link AlertSettings}
     */
    List<BlockDetector> detectors(int modalities, int channels, double smallestShift);
}
