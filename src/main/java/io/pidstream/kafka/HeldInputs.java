package io.pidstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** Finds partitions that cannot be read to their end, because a transaction stays open. */
final class HeldInputs {
    static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final Duration most;
    private final Writers writers;
    private final Map<TopicPartition, Hold> holds = new HashMap<>();

    /** Says whose transaction begins at an offset. */
    interface Writers {
        String of(TopicPartition partition, long offset) throws ExecutionException;
    }

    private static final class Hold {
        private final long offset;
        private final Duration since;
        private Duration said;

        Hold(long offset, Duration since) {
            this.offset = offset;
            this.since = since;
        }
    }

    /**
     * @param most how long a partition may stand still before it is worth a line
     */
    HeldInputs(Duration most, Writers writers) {
        this.most = most;
        this.writers = writers;
    }

    /**
     * A line for every partition that stands still, at most one a minute.
     *
     * @param now time since any moment
     */
    List<String> look(Duration now, Map<TopicPartition, TopicEnds.Ends> ends)
            throws ExecutionException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<TopicPartition, TopicEnds.Ends> entry : ends.entrySet()) {
            TopicPartition partition = entry.getKey();
            TopicEnds.Ends end = entry.getValue();
            if (!end.isHeld()) {
                holds.remove(partition);
                continue;
            }
            Hold hold =
                    holds.compute(
                            partition,
                            (unused, known) ->
                                    known != null && known.offset == end.committed()
                                            ? known
                                            : new Hold(end.committed(), now));
            if (isDue(hold, now)) {
                hold.said = now;
                lines.add(
                        "%s, partition %d: waiting at offset %d of %d for an open transaction: %s"
                                .formatted(
                                        partition.topic(),
                                        partition.partition(),
                                        end.committed(),
                                        end.written(),
                                        writers.of(partition, end.committed())));
            }
        }
        return lines;
    }

    private boolean isDue(Hold hold, Duration now) {
        return hold.said == null
                ? now.minus(hold.since).compareTo(most) >= 0
                : now.minus(hold.said).compareTo(SAY_AGAIN) >= 0;
    }
}
