package io.pidstream.commit;

import java.io.Serializable;
import java.util.Properties;

/**
 * An output topic of a job, and how its transactions are named: job, topic, number of the subtask
 * and of the checkpoint, joined by hyphens.
 *
 * @param job unique name of the job
 * @param client properties of a Kafka client
 * @param aborted what to do where Kafka has aborted output
 */
public record OutputTopic(String job, String topic, Properties client, AbortedOutput aborted)
        implements Serializable {

    /** What the ids of the topic's transactions begin with. */
    public String transactionalIdPrefix() {
        return job + "-" + topic;
    }

    /** The checkpoint with which a transaction of the topic is committed. */
    static long checkpointOf(String transactionalId) {
        return Long.parseLong(transactionalId.substring(transactionalId.lastIndexOf('-') + 1));
    }
}
