package io.pidstream.tables;

import io.pidstream.pid.ModalitySet;

/** A row of the sample from which thresholds are placed. */
public interface SampledRow {
    /** The modalities that are present. */
    ModalitySet present();

    /** Of the frame; undefined where absent. */
    double[] inputs();
}
