package io.pidstream.benchmark;

import io.pidstream.event.Modalities;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.InputTopics;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** What records take on the broker. */
final class TopicSizes {
    private TopicSizes() {}

    /**
     * Size of the logs over the number of records, keys, headers, batches and markers of
     * transactions included, of one replica.
     *
     * @return bytes by topic, without its prefix; topics without records are left out
     */
    static Map<String, Double> bytesPerRecord(KafkaSettings kafka, Modalities modalities)
            throws Exception {
        List<String> topics =
                new Topics(kafka.prefix())
                        .all(InputTopics.of(new Topics(kafka.prefix()), modalities, List.of()));
        Map<String, Long> bytes = new HashMap<>();
        Map<String, Long> records = new HashMap<>();
        try (Admin admin = Clients.admin(kafka)) {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (Map<String, LogDirDescription> ofBroker :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                for (LogDirDescription directory : ofBroker.values()) {
                    directory
                            .replicaInfos()
                            .forEach(
                                    (partition, replica) -> {
                                        if (topics.contains(partition.topic())) {
                                            bytes.merge(
                                                    partition.topic(), replica.size(), Long::sum);
                                            latest.put(partition, OffsetSpec.latest());
                                        }
                                    });
                }
            }
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
            ends.forEach(
                    (partition, end) -> records.merge(partition.topic(), end.offset(), Long::sum));
        }
        Map<String, Double> perRecord = new TreeMap<>();
        records.forEach(
                (topic, count) -> {
                    if (count > 0) {
                        perRecord.put(
                                topic.substring(kafka.prefix().length()),
                                (double) bytes.get(topic) / count);
                    }
                });
        return perRecord;
    }
}
