package io.pidstream.dashboard;

import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.event.Fleet;
import io.pidstream.record.RecordJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The records of the output topics that are kept. One thread fills the store, others read: every
 * method locks, and {@link #read} holds the lock over several.
 */
public final class OutputStore {
    /** A time, in milliseconds since 1970, of what has not happened or is not known. */
    static final long NEVER = Long.MIN_VALUE;

    private final Subject subject;
    private final Limits limits;
    private final RecordJson json;
    private final Map<String, AssetBook> assets = new TreeMap<>();
    private final Blocks fleet;
    private final LinkedHashMap<String, AlertEntry> alerts = new LinkedHashMap<>();
    private final TreeMap<Long, Version> versions = new TreeMap<>();

    private long predictions;
    private long unseen;
    private long newestTime = NEVER;
    private long arrived = NEVER;
    private final long firstRevision;
    private long revision;
    private FeedStatus status =
            new FeedStatus(FeedStatus.State.CONNECTING, Instant.EPOCH, "starting");

    /** The newest record of a model version: what it is and its JSON. */
    record Version(boolean active, long effectiveFrom, String json) {}

    /**
     * @param firstRevision revisions begin here: above those of an earlier store, so that a client
     *     of that store can be told to reload
     */
    public OutputStore(Subject subject, Limits limits, long firstRevision) {
        this.firstRevision = firstRevision;
        this.revision = firstRevision;
        this.subject = subject;
        this.limits = limits;
        this.json = new RecordJson(subject.modalities());
        this.fleet = new Blocks(limits.blocks());
    }

    /** Null if there are too many assets already. */
    private AssetBook book(String asset) {
        AssetBook book = assets.get(asset);
        if (book == null && assets.size() < limits.assets()) {
            boolean whole = assets.size() < limits.histories();
            book =
                    new AssetBook(
                            asset,
                            subject,
                            whole ? limits.points() : Limits.SHORT,
                            whole ? limits.blocks() : 4);
            assets.put(asset, book);
        }
        return book;
    }

    /** Adds a prediction that was there before. */
    public void add(Prediction prediction) {
        add(prediction, NEVER);
    }

    /**
     * Adds a prediction.
     *
     * @param now when it came, by this machine's clock; {@link #NEVER} if it was there before
     */
    synchronized void add(Prediction prediction, long now) {
        predictions++;
        arrived = Math.max(arrived, now);
        revision++;
        newestTime = Math.max(newestTime, prediction.getTime().toEpochMilli());
        AssetBook book = book(prediction.getAsset());
        if (book == null) {
            unseen++;
        } else {
            book.add(prediction, now, revision);
        }
    }

    /** A label that comes before its prediction waits for it. */
    public synchronized void add(Label label) {
        revision++;
        AssetBook book = book(label.getAsset());
        if (book != null) {
            book.add(label, revision);
        }
    }

    public synchronized void add(Explanation explanation) {
        revision++;
        ExplanationEntry entry = ExplanationEntry.of(explanation, json, subject.modalities());
        if (Fleet.is(entry.asset())) {
            fleet.add(entry, revision);
            return;
        }
        AssetBook book = book(entry.asset());
        if (book != null) {
            book.add(entry, revision);
        }
    }

    public synchronized void add(Alert alert) {
        revision++;
        alerts.put(alert.getId(), AlertEntry.of(alert, json));
        while (alerts.size() > limits.alerts()) {
            alerts.remove(leastWanted());
        }
    }

    /** The oldest resolved alert, or else the oldest. */
    private String leastWanted() {
        return alerts.values().stream()
                .min(Comparator.comparing(AlertEntry::open).thenComparingLong(AlertEntry::openedAt))
                .orElseThrow()
                .id();
    }

    synchronized void add(ModelVersion version) {
        revision++;
        versions.put(
                version.getVersion(),
                new Version(
                        version.getState() == io.pidstream.avro.ModelState.ACTIVE,
                        version.getEffectiveFrom().toEpochMilli(),
                        json.modelVersion(version)));
    }

    synchronized void status(FeedStatus.State state, String detail, Instant now) {
        if (status.state() != state || !status.detail().equals(detail)) {
            Instant since = status.state() == state ? status.since() : now;
            status = new FeedStatus(state, since, detail);
            revision++;
            notifyAll();
        }
    }

    /** Wakes those who wait: a batch of records is in. */
    synchronized void announce() {
        notifyAll();
    }

    /** Waits until something has changed since {@code seen}, or {@code millis} are over. */
    synchronized void await(long seen, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (revision == seen) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Reads several things from one state. */
    public synchronized <T> T read(Supplier<T> look) {
        return look.get();
    }

    Subject subject() {
        return subject;
    }

    /** Whether a revision is of this store, and not of one before. */
    synchronized boolean isOwn(long seen) {
        return firstRevision <= seen && seen <= revision;
    }

    /** Grows with every change. */
    synchronized long revision() {
        return revision;
    }

    synchronized FeedStatus status() {
        return status;
    }

    /** Predictions read so far. */
    public synchronized long predictions() {
        return predictions;
    }

    /** Predictions of assets beyond the limit. */
    synchronized long unseen() {
        return unseen;
    }

    /** When the last prediction came; {@link #NEVER} if all were there before. */
    synchronized long arrived() {
        return arrived;
    }

    /** Slot of the newest prediction, milliseconds since 1970; {@link #NEVER} for none. */
    synchronized long newestTime() {
        return newestTime;
    }

    /** How well the first target of all assets is predicted. Call it inside {@link #read} only. */
    Accuracy accuracy() {
        return Accuracy.over(
                assets.values().stream().map(book -> book.errors(0).accuracy()).toList());
    }

    /** Predictions of the first target of all assets without a true value. Call it as above. */
    Awaited awaited() {
        return Awaited.over(
                assets.values().stream().map(book -> book.points().awaited(0)).toList());
    }

    /** By name. Look at it inside {@link #read} only. */
    Map<String, AssetBook> assets() {
        return assets;
    }

    /** Look at it inside {@link #read} only. */
    Blocks fleet() {
        return fleet;
    }

    /** The newest first. */
    synchronized List<AlertEntry> alerts() {
        List<AlertEntry> all = new ArrayList<>(alerts.values());
        all.sort(
                Comparator.comparingLong(AlertEntry::openedAt)
                        .reversed()
                        .thenComparing(AlertEntry::id));
        return all;
    }

    /** By number. */
    synchronized Collection<Version> versions() {
        return List.copyOf(versions.values());
    }
}
