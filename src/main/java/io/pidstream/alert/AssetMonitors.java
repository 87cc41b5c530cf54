package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.detect.Budget;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Fleet;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything that is monitored of one asset, or of the fleet, and its open alerts.
 *
 * <p>Not thread-safe.
 */
public final class AssetMonitors {
    static final Format<AssetMonitors> FORMAT =
            Formats.ofMutable(
                    DetectorKinds.part("alert/asset-monitors", 1, EventFormats.ALERT.part()),
                    AssetMonitors.class,
                    AssetMonitors::writeTo,
                    AssetMonitors::readFrom);

    private final int modalities;
    private final int channels;
    private final double smallestShift;
    private final List<OfKind> detectors = new ArrayList<>();

    /** Open and told, by what it is about. */
    private final TreeMap<String, Alert> open = new TreeMap<>();

    private long blocks;
    private long firstEnd;
    private long lastEnd;
    private long modelVersion;

    /**
     * @param share of the detector in what the asset may use of false alarms
     */
    private record OfKind(DetectorKind kind, BlockDetector detector, double share) {}

    /**
     * @param modalities their number
     * @param channels number of channels of all sensors
     * @param smallestShift see {@link AlertSettings}
     */
    AssetMonitors(int modalities, int channels, double smallestShift) {
        this.modalities = modalities;
        this.channels = channels;
        this.smallestShift = smallestShift;
        for (DetectorKind kind : DetectorKinds.ALL) {
            List<BlockDetector> ofKind = kind.detectors(modalities, channels, smallestShift);
            for (BlockDetector detector : ofKind) {
                detectors.add(new OfKind(kind, detector, kind.weight() / ofKind.size()));
            }
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
        double millis = blockMillis(block);
        boolean fleet = Fleet.is(block.asset());
        for (OfKind of : detectors) {
            BlockDetector detector = of.detector();
            double threshold = budget.logThreshold(of.share(), fleet, millis);
            note(detector, detector.accept(block, pooled, threshold), block, records, transitions);
        }
        return transitions;
    }

    /** Other latents are another space: what was usual in the old one says nothing about them. */
    private void renew(BlockStatistics block, List<Transition> transitions) {
        if (blocks > 0 && block.modelVersion() != modelVersion) {
            String why = "the model version changed to " + block.modelVersion();
            for (OfKind of : detectors) {
                if (of.detector().isOfLatents()) {
                    resolve(of.detector().key(), block, why, transitions);
                    of.detector().restart();
                }
            }
        }
        modelVersion = block.modelVersion();
    }

    private double blockMillis(BlockStatistics block) {
        return blocks > 1
                ? (double) (lastEnd - firstEnd) / (blocks - 1)
                : block.end() - block.start();
    }

    private void note(
            BlockDetector detector,
            ShiftMonitor.Step step,
            BlockStatistics block,
            AlertRecords records,
            List<Transition> transitions) {
        switch (step) {
            case OPENED -> {
                Alert alert = detector.opened(block, records);
                open.put(detector.key(), alert);
                transitions.add(new Transition(detector.key(), alert));
            }
            case RETURNED -> {
                detector.monitor().close(step);
                resolve(detector.key(), block, "it is as it was before", transitions);
            }
            case SETTLED -> {
                detector.monitor().close(step);
                resolve(
                        detector.key(),
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
        return detector(key).monitor().isOpen();
    }

    private BlockDetector detector(String key) {
        return detectors.stream()
                .map(OfKind::detector)
                .filter(detector -> detector.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing monitors " + key));
    }

    Collection<Alert> open() {
        return open.values();
    }

    /** The evidence for a shift of contributions, beyond what would open an alert; ln. */
    double excess() {
        ShiftMonitor contributions = detector(ContributionDetector.KEY).monitor();
        return contributions.evidence() - contributions.threshold();
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeByte(modalities);
        out.writeInt(channels);
        out.writeDouble(smallestShift);
        out.writeLong(blocks);
        out.writeLong(firstEnd);
        out.writeLong(lastEnd);
        out.writeLong(modelVersion);
        for (OfKind of : detectors) {
            of.detector().writeTo(out);
        }
        out.writeInt(open.size());
        for (var entry : open.entrySet()) {
            out.writeUTF(entry.getKey());
            EventFormats.ALERT.write(entry.getValue(), out);
        }
    }

    /** A kind of detectors that did not exist when the state was written begins anew. */
    private static AssetMonitors readFrom(DataInput in, Versions versions) throws IOException {
        AssetMonitors monitors = new AssetMonitors(in.readByte(), in.readInt(), in.readDouble());
        monitors.blocks = in.readLong();
        monitors.firstEnd = in.readLong();
        monitors.lastEnd = in.readLong();
        monitors.modelVersion = in.readLong();
        for (OfKind of : monitors.detectors) {
            if (versions.has(of.kind().part())) {
                of.detector().readFrom(in, versions);
            }
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            monitors.open.put(in.readUTF(), EventFormats.ALERT.read(in, versions));
        }
        return monitors;
    }
}
