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
 * All detectors of one asset, or of the fleet, and its open alerts.
 *
 * <p>Not thread-safe.
 */
public final class AssetMonitors {
    static final Format<AssetMonitors> FORMAT =
            Formats.ofMutable(
                    DetectorKinds.part("alert/asset-monitors", 2, EventFormats.ALERT.part()),
                    AssetMonitors.class,
                    AssetMonitors::writeTo,
                    AssetMonitors::readFrom);

    private final int modalities;
    private final int channels;
    private final double smallestShift;
    private final List<OfKind> detectors = new ArrayList<>();

    /** Alerts that are open and emitted, by detector key. */
    private final TreeMap<String, Alert> open = new TreeMap<>();

    private long blocks;
    private long firstEnd;
    private long lastEnd;

    /** Space of the latents of the last block; until 0.2, the model version, which is the same. */
    private long space;

    /**
     * @param share share of the detector in the false-alarm budget of the asset
     */
    private record OfKind(DetectorKind kind, BlockDetector detector, double share) {}

    /**
     * @param modalities number of modalities
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
     * An alert transition caused by a block.
     *
     * @param key key of the detector
     */
    record Transition(String key, Alert alert) {}

    /**
     * Takes the next block.
     *
     * @param pooled whether the block pools rows of several assets
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

    /**
     * Restarts the detectors of latents: the reference of the former latent space does not apply to
     * the new one.
     */
    private void renew(BlockStatistics block, List<Transition> transitions) {
        if (blocks > 0 && block.space() != space) {
            String why = "the model version changed to " + block.modelVersion();
            for (OfKind of : detectors) {
                if (of.detector().isOfLatents()) {
                    resolve(of.detector().key(), block, why, transitions);
                    of.detector().restart();
                }
            }
        }
        space = block.space();
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
                resolve(detector.key(), block, "back at the earlier level", transitions);
            }
            case SETTLED -> {
                detector.monitor().close(step);
                resolve(
                        detector.key(),
                        block,
                        "the change has lasted "
                                + ShiftMonitor.SETTLED_BLOCKS
                                + " blocks; this level is the new reference",
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

    /** The open alert as emitted now; the time of emission is when it opens for its readers. */
    Alert emitted(String key, Instant now) {
        Alert alert = Alert.newBuilder(open.get(key)).setOpenedAt(now).build();
        open.put(key, alert);
        return alert;
    }

    /** Key of the detector of an open alert; null if no such alert is open. */
    String keyOf(String id) {
        for (var entry : open.entrySet()) {
            if (entry.getValue().getId().equals(id)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Makes the present level the reference of a detector that has an open shift. */
    void settle(String key) {
        if (isShifted(key)) {
            detector(key).monitor().close(ShiftMonitor.Step.SETTLED);
        }
    }

    /** Takes an open alert away. */
    Alert remove(String key) {
        return open.remove(key);
    }

    /** Suppresses an alert that another one already reports; its end is not emitted either. */
    void suppress(String key) {
        open.remove(key);
    }

    /** Whether this detector has an open shift, emitted or not. */
    boolean isShifted(String key) {
        return detector(key).monitor().isOpen();
    }

    private BlockDetector detector(String key) {
        return detectors.stream()
                .map(OfKind::detector)
                .filter(detector -> detector.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no detector " + key));
    }

    Collection<Alert> open() {
        return open.values();
    }

    /** Log of the evidence for a contribution shift, minus the log threshold. */
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
        out.writeLong(space);
        for (OfKind of : detectors) {
            of.detector().writeTo(out);
        }
        out.writeInt(open.size());
        for (var entry : open.entrySet()) {
            out.writeUTF(entry.getKey());
            EventFormats.ALERT.write(entry.getValue(), out);
        }
    }

    /** A detector kind that did not exist when the state was written starts without history. */
    private static AssetMonitors readFrom(DataInput in, Versions versions) throws IOException {
        AssetMonitors monitors = new AssetMonitors(in.readByte(), in.readInt(), in.readDouble());
        monitors.blocks = in.readLong();
        monitors.firstEnd = in.readLong();
        monitors.lastEnd = in.readLong();
        monitors.space = in.readLong();
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
