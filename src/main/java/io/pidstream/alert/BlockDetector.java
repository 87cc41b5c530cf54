package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.BlockStatistics;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Monitors one thing about the blocks of an asset, or of the fleet, and says in a record what has
 * shifted.
 *
 * <p>Not thread-safe.
 */
interface BlockDetector {
    /** What is monitored, within the asset; names it in state, for ever. */
    String key();

    /**
     * Takes the next block.
     *
     * @param pooled whether it is of rows of several assets
     * @param logThreshold ln of the mean number of blocks to a false alarm
     */
    ShiftMonitor.Step accept(BlockStatistics block, boolean pooled, double logThreshold);

    /** The series behind it. */
    ShiftMonitor monitor();

    /** The record of the shift that has just opened. */
    Alert opened(BlockStatistics block, AlertRecords records);

    /** Whether what is monitored is a property of the model version's latents. */
    boolean isOfLatents();

    /** Forgets everything, as the series is another one from now on. */
    void restart();

    void writeTo(DataOutput out) throws IOException;

    /** Reads what {@link #writeTo} wrote into a detector that knows nothing yet. */
    void readFrom(DataInput in, Versions versions) throws IOException;
}
