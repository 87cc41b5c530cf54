package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.BlockStatistics;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Monitors one property of the blocks of an asset or of the fleet, and builds the alert record when
 * it has shifted.
 *
 * <p>Not thread-safe.
 */
interface BlockDetector {
    /** Key within the asset. It identifies the detector in state and must never change. */
    String key();

    /**
     * Takes the next block.
     *
     * @param pooled whether the block pools rows of several assets
     * @param logThreshold log of the mean number of blocks to a false alarm
     */
    ShiftMonitor.Step accept(BlockStatistics block, boolean pooled, double logThreshold);

    /** The monitor of the underlying series. */
    ShiftMonitor monitor();

    /** The record of the shift that has just opened. */
    Alert opened(BlockStatistics block, AlertRecords records);

    /** Whether the monitored property depends on the model version's latents. */
    boolean isOfLatents();

    /** Drops the history, because a different series follows. */
    void restart();

    void writeTo(DataOutput out) throws IOException;

    /** Reads what {@link #writeTo} wrote into a detector without history. */
    void readFrom(DataInput in, Versions versions) throws IOException;
}
