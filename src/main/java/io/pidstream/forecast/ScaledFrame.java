package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;

/**
 * A frame as experts see it. Its arrays are not copied and must not be modified.
 *
 * @param time time of the frame, milliseconds since 1970
 * @param present the modalities that are present
 * @param of inputs in their own units, see {@link FeatureLayout#inputs}; undefined where absent
 * @param features standardised, [features]; 0 where absent
 */
record ScaledFrame(long time, ModalitySet present, FrameInputs of, double[] features) {
    ScaledFrame(long time, ModalitySet present, double[] inputs, double[] features) {
        this(time, present, new FrameInputs(inputs), features);
    }

    double[] inputs() {
        return of.values();
    }
}
