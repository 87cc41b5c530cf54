package io.pidstream.notify;

import io.pidstream.avro.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of the topic of alerts. It is read from its beginning: what comes before {@code
 * start} was told before and only says which alerts are open.
 */
final class AlertPartition {
    private final TopicPartition partition;
    private final long start;
    private final boolean first;
    private final Map<String, Alert> open = new LinkedHashMap<>();
    private boolean caughtUp;

    /**
     * @param start offset of the first record that was not told
     * @param first whether nothing was told before: then the open ones are told, too
     */
    AlertPartition(TopicPartition partition, long start, boolean first) {
        this.partition = partition;
        this.start = start;
        this.first = first;
    }

    /**
     * Something to do: tell an alert, then commit an offset.
     *
     * @param alert null for nothing to tell
     * @param next offset to commit; negative for none
     */
    record Task(AlertPartition of, Alert alert, long next) {}

    TopicPartition partition() {
        return partition;
    }

    /** Takes a record and returns what to do now. */
    List<Task> take(long offset, Alert alert) {
        if (offset < start) {
            note(alert);
            return List.of();
        }
        List<Task> tasks = new ArrayList<>(reached(offset));
        tasks.add(new Task(this, alert, offset + 1));
        return tasks;
    }

    /** Told that everything before a position was read; returns what to do now. */
    List<Task> reached(long position) {
        if (caughtUp || position < start) {
            return List.of();
        }
        caughtUp = true;
        List<Task> tasks = new ArrayList<>();
        if (first) {
            open.values().forEach(alert -> tasks.add(new Task(this, alert, -1)));
            tasks.add(new Task(this, null, start));
        }
        return tasks;
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Keeps in mind what is open. */
    void note(Alert alert) {
        if (Notifications.isOver(alert)) {
            open.remove(alert.getId());
        } else {
            open.put(alert.getId(), alert);
        }
    }

    Collection<Alert> open() {
        return open.values();
    }
}
