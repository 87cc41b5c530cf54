package io.pidstream.train;

import io.pidstream.avro.ModelVersion;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Trains one version and returns the outcome; blocks the calling thread meanwhile. */
public interface Attempt {
    /**
     * @param rows sorted by time, then by asset
     * @param active the version to start from and to compare with; null for none
     * @param cancelled polled regularly; once it returns true, the attempt ends soon
     */
    Outcome run(List<LabelledRow> rows, ModelVersion active, BooleanSupplier cancelled);
}
