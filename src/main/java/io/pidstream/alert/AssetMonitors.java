package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.detect.Budget;
import io.pidstream.detect.ChannelMonitor;
import io.pidstream.detect.ContributionMonitor;
import io.pidstream.detect.ErrorMonitor;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.AlertFormat;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Formats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything that is watched of one asset, or of the fleet, and its open alerts.
 *
 * <p>Not thread-safe.
 */
public final class AssetMonitors {
    private static final byte VERSION = 1;
    private static final AlertFormat ALERTS = new AlertFormat();
    private static final String CONTRIBUTIONS = "contributions";
    private static final String ERRORS = "errors";

    private final int modalities;
    private final int channels;
    private final double smallestShift;
    private ContributionMonitor contributions;
    private final ErrorMonitor errors = new ErrorMonitor();
    private final List<ChannelMonitor> channelMonitors = new ArrayList<>();

    /** Open and told, by what it is about. */
    private final TreeMap<String, Alert> open = new TreeMap<>();

    private long blocks;
    private long firstEnd;
    private long lastEnd;
    private long modelVersion;

    /**
     * @param modalities their number
     * @param channels number of channels of all sensors
     * @param smallestShift see {@link AlertSettings}
     */
    AssetMonitors(int modalities, int channels, double smallestShift) {
        this.modalities = modalities;
        this.channels = channels;
        this.smallestShift = smallestShift;
        contributions = new ContributionMonitor(modalities, smallestShift);
        for (int c = 0; c < channels; c++) {
            channelMonitors.add(new ChannelMonitor());
        }
    }

    /**
     * A transition that a block led to.
     *
     * @param key what it is about, within the asset
     */
    record Transition(String key, Alert alert) {}

    /**
     * Takes the next block.
     *
     * @param pooled whether it is of rows of several assets
     */
    List<Transition> accept(
            BlockStatistics block, boolean pooled, Budget budget, AlertRecords records) {
        List<Transition> transitions = new ArrayList<>();
        renew(block, transitions);
        blocks++;
        firstEnd = blocks == 1 ? block.end() : firstEnd;
        lastEnd = Math.max(lastEnd, block.end());
        boolean fleet = block.asset().equals(AlertRecords.FLEET);
        double millis = blockMillis(block);
        note(
                CONTRIBUTIONS,
                contributions.accept(block, budget.ofContributions(fleet, millis)),
                contributions.monitor(),
                block,
                () -> records.contributionShift(block, contributions),
                transitions);
        note(
                ERRORS,
                errors.accept(block, budget.ofErrors(fleet, millis)),
                errors.monitor(),
                block,
                () -> records.modelRegressed(block, errors),
                transitions);
        int watched = Math.min(channels, block.channels().size());
        double ofChannel = budget.ofChannel(fleet, Math.max(1, channels), millis);
        for (int c = 0; c < watched; c++) {
            int channel = c;
            ChannelMonitor monitor = channelMonitors.get(c);
            note(
                    "channel-" + c,
                    monitor.accept(block, c, pooled, ofChannel),
                    monitor.monitor(),
                    block,
                    () -> records.channelFrozen(block, channel, monitor.monitor()),
                    transitions);
        }
        return transitions;
    }

    /** Other latents are another space: what was usual in the old one says nothing about them. */
    private void renew(BlockStatistics block, List<Transition> transitions) {
        if (blocks > 0 && block.modelVersion() != modelVersion) {
            resolve(
                    CONTRIBUTIONS,
                    block,
                    "the model version changed to " + block.modelVersion(),
                    transitions);
            contributions = new ContributionMonitor(modalities, smallestShift);
        }
        modelVersion = block.modelVersion();
    }

    private double blockMillis(BlockStatistics block) {
        return blocks > 1
                ? (double) (lastEnd - firstEnd) / (blocks - 1)
                : block.end() - block.start();
    }

    private interface Opening {
        Alert alert();
    }

    private void note(
            String key,
            ShiftMonitor.Step step,
            ShiftMonitor monitor,
            BlockStatistics block,
            Opening opening,
            List<Transition> transitions) {
        switch (step) {
            case OPENED -> {
                Alert alert = opening.alert();
                open.put(key, alert);
                transitions.add(new Transition(key, alert));
            }
            case RETURNED -> {
                monitor.close(step);
                resolve(key, block, "it is as it was before", transitions);
            }
            case SETTLED -> {
                monitor.close(step);
                resolve(
                        key,
                        block,
                        "it has stayed so for "
                                + ShiftMonitor.SETTLED_BLOCKS
                                + " blocks, which is what is usual from now on",
                        transitions);
            }
            case NOTHING -> {}
        }
    }

    private void resolve(
            String key, BlockStatistics block, String why, List<Transition> transitions) {
        Alert alert = open.remove(key);
        if (alert != null) {
            transitions.add(
                    new Transition(
                            key,
                            AlertRecords.resolved(
                                    alert, Instant.ofEpochMilli(block.known()), why)));
        }
    }

    /** The open alert as it is told now, which is when it opens for those who read it. */
    Alert told(String key, Instant now) {
        Alert alert = Alert.newBuilder(open.get(key)).setOpenedAt(now).build();
        open.put(key, alert);
        return alert;
    }

    /** Another alert tells of it already: its end will not be told either. */
    void hush(String key) {
        open.remove(key);
    }

    /** Whether something is found shifted there, told or not. */
    boolean isShifted(String key) {
        return switch (key) {
            case CONTRIBUTIONS -> contributions.monitor().isOpen();
            case ERRORS -> errors.monitor().isOpen();
            default ->
                    channelMonitors
                            .get(Integer.parseInt(key.substring("channel-".length())))
                            .monitor()
                            .isOpen();
        };
    }

    Collection<Alert> open() {
        return open.values();
    }

    /** The evidence for a shift of contributions, beyond what would open an alert; ln. */
    double excess() {
        return contributions.monitor().evidence() - contributions.monitor().threshold();
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(modalities);
        out.writeInt(channels);
        out.writeDouble(smallestShift);
        out.writeLong(blocks);
        out.writeLong(firstEnd);
        out.writeLong(lastEnd);
        out.writeLong(modelVersion);
        contributions.writeTo(out);
        errors.writeTo(out);
        for (ChannelMonitor monitor : channelMonitors) {
            monitor.writeTo(out);
        }
        out.writeInt(open.size());
        for (var entry : open.entrySet()) {
            out.writeUTF(entry.getKey());
            ALERTS.write(entry.getValue(), out);
        }
    }

    static AssetMonitors readFrom(DataInput in) throws IOException {
        Formats.requireVersion("monitors of an asset", in.readByte(), VERSION);
        AssetMonitors monitors = new AssetMonitors(in.readByte(), in.readInt(), in.readDouble());
        monitors.blocks = in.readLong();
        monitors.firstEnd = in.readLong();
        monitors.lastEnd = in.readLong();
        monitors.modelVersion = in.readLong();
        monitors.contributions.readFrom(in);
        monitors.errors.readFrom(in);
        for (ChannelMonitor monitor : monitors.channelMonitors) {
            monitor.readFrom(in);
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            monitors.open.put(in.readUTF(), ALERTS.read(in));
        }
        return monitors;
    }
}
