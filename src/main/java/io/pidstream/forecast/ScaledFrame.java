package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;

/**
 * A frame as experts see it. Its arrays are not copied and must not be modified.
 *
 * @param time time of the frame, milliseconds since 1970
 * @param present the modalities that are present
 * @param inputs in their own units, see {@link FeatureLayout#inputs}; undefined where absent
 * @param features standardised, [features]; 0 where absent
 */
record ScaledFrame(long time, ModalitySet present, double[] inputs, double[] features) {}
