package io.pidstream.commit;

/** What a job does where Kafka has aborted output of the checkpoint that it goes on from. */
public enum AbortedOutput {
    /** The job ends and names what is missing. */
    REFUSE,
    /** The job goes on without it and says in its log what is missing. */
    SKIP
}
