package io.pidstream.train;

import io.pidstream.avro.ModelVersion;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Trains one version and says what came of it; takes the calling thread until then. */
public interface Attempt {
    /**
     * @param rows by time, then by asset
     * @param active the version to start from and to be better than; null for none
     * @param cancelled asked again and again; once it says true, the attempt ends soon
     */
    Outcome run(List<LabelledRow> rows, ModelVersion active, BooleanSupplier cancelled);
}
