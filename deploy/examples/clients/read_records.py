"""Prints the committed records of an output topic as JSON, one a line, up to the end of the topic.

    python3 read_records.py localhost:9092 plant.predictions avro-schemas

Reads both forms: JSON (kafka.format: json), and Avro by the schemas of the given directory.
Needs confluent-kafka (Debian: python3-confluent-kafka).
"""

import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition

import pidstream_avro


def records(servers, topic, schemas):
    consumer = Consumer(
        {
            "bootstrap.servers": servers,
            "group.id": "read-records",
            # Without it, records of transactions that were aborted would be seen.
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    try:
        partitions = consumer.list_topics(topic, 30).topics[topic].partitions
        consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in partitions])
        left = set(partitions)
        while left:
            message = consumer.poll(1)
            if message is None:
                continue
            if message.error():
                if message.error().code() != KafkaError._PARTITION_EOF:
                    raise RuntimeError(message.error().str())
                left.discard(message.partition())
            elif message.value() is not None:
                yield decoded(message.value(), schemas)
    finally:
        consumer.close()


def decoded(value, schemas):
    if value.startswith(b"{"):
        return json.loads(value)
    return schemas.decode(value)


if __name__ == "__main__":
    known = pidstream_avro.Schemas(sys.argv[3])
    for record in records(sys.argv[1], sys.argv[2], known):
        print(json.dumps(record, default=pidstream_avro.plain, sort_keys=True))
