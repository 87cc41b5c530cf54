package io.pidstream.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * The connector's committer, and what it says of transactions that it cannot commit held against
 * what Kafka knows of them. Those of a restored checkpoint are looked up before they are committed,
 * as the connector cannot tell one that was committed before the failure from a lost one.
 */
final class CheckedCommitter implements Committer<KafkaCommittable> {
    private final Committer<KafkaCommittable> connectors;
    private final Coordinator coordinator;
    private final Gap gap;

    CheckedCommitter(Committer<KafkaCommittable> connectors, OutputTopic topic) {
        this.connectors = connectors;
        this.coordinator = new Coordinator(topic.client());
        this.gap = new Gap(topic, coordinator);
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
            throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> own = new ArrayList<>();
        List<CommitRequest<KafkaCommittable>> restored = new ArrayList<>();
        for (CommitRequest<KafkaCommittable> request : requests) {
            (request.getCommittable().getProducer().isPresent() ? own : restored).add(request);
        }
        if (!restored.isEmpty()) {
            commitRestored(restored);
        }
        commitOwn(own);
    }

    /** Transactions of this process: refused ones are looked up afterwards. */
    private void commitOwn(List<CommitRequest<KafkaCommittable>> requests)
            throws IOException, InterruptedException {
        List<Attempt> attempts = requests.stream().map(Attempt::new).toList();
        connectors.commit(List.copyOf(attempts));
        List<Attempt> refused = attempts.stream().filter(Attempt::isRefused).toList();
        if (refused.isEmpty()) {
            return;
        }
        Map<KafkaCommittable, Fate> fates =
                coordinator.fates(refused.stream().map(Attempt::getCommittable).toList());
        List<KafkaCommittable> lost = new ArrayList<>();
        for (Attempt attempt : refused) {
            if (fates.get(attempt.getCommittable()) == Fate.COMMITTED) {
                attempt.confirm();
            } else {
                lost.add(attempt.getCommittable());
                attempt.refuse();
            }
        }
        gap.tell(lost);
    }

    private void commitRestored(List<CommitRequest<KafkaCommittable>> requests)
            throws IOException, InterruptedException {
        Map<KafkaCommittable, Fate> fates =
                coordinator.fates(requests.stream().map(CommitRequest::getCommittable).toList());
        List<CommitRequest<KafkaCommittable>> open = new ArrayList<>();
        List<KafkaCommittable> aborted = new ArrayList<>();
        List<KafkaCommittable> unknown = new ArrayList<>();
        for (CommitRequest<KafkaCommittable> request : requests) {
            KafkaCommittable transaction = request.getCommittable();
            switch (fates.get(transaction)) {
                case OPEN -> open.add(request);
                case COMMITTED -> request.signalAlreadyCommitted();
                case ABORTED -> aborted.add(transaction);
                case UNKNOWN -> unknown.add(transaction);
            }
        }
        gap.tell(aborted);
        gap.tellUnknown(unknown);
        for (CommitRequest<KafkaCommittable> request : requests) {
            Fate fate = fates.get(request.getCommittable());
            if (fate == Fate.ABORTED || fate == Fate.UNKNOWN) {
                request.signalFailedWithKnownReason(new IOException("transaction is " + fate));
            }
        }
        commitOwn(open);
    }

    @Override
    public void close() throws Exception {
        connectors.close();
    }

    /** A request whose refusal is held back until it is known what became of the transaction. */
    private static final class Attempt implements CommitRequest<KafkaCommittable> {
        private final CommitRequest<KafkaCommittable> request;
        private Throwable refusal;

        Attempt(CommitRequest<KafkaCommittable> request) {
            this.request = request;
        }

        boolean isRefused() {
            return refusal != null;
        }

        void confirm() {
            request.signalAlreadyCommitted();
        }

        void refuse() {
            request.signalFailedWithKnownReason(refusal);
        }

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable cause) {
            refusal = cause;
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable cause) {
            request.signalFailedWithUnknownReason(cause);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
