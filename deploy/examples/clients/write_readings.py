"""Sends the rows of a CSV file as readings and labels, in JSON.

    python3 write_readings.py localhost:9092 plant. rows.csv purity

The columns are asset, time (ISO 8601 in UTC), one "modality.channel" per channel, and the target.
Needs confluent-kafka (Debian: python3-confluent-kafka).
"""

import csv
import json
import sys

from confluent_kafka import Producer


def number(cell):
    """An empty cell is a missing value."""
    return float(cell) if cell else None


def send(servers, prefix, rows, target):
    failed = []
    producer = Producer(
        {
            "bootstrap.servers": servers,
            # A retry neither repeats nor reorders records.
            "enable.idempotence": True,
        }
    )

    def delivered(error, message):
        if error:
            failed.append("%s: %s" % (message.topic(), error))

    def put(topic, record):
        # One asset, one partition: its readings stay in order.
        key = record["asset"].encode("utf-8")
        value = json.dumps(record).encode("utf-8")
        while True:
            try:
                producer.produce(prefix + topic, value, key, callback=delivered)
                break
            except BufferError:
                producer.poll(1)
        producer.poll(0)

    for row in rows:
        head = {"asset": row["asset"], "time": row["time"]}
        readings = {}
        for column, cell in row.items():
            modality, dot, channel = column.partition(".")
            if dot:
                readings.setdefault(modality, {})[channel] = number(cell)
        for modality, values in readings.items():
            put("readings." + modality, {**head, "values": values})
        if row[target]:
            # Known at once; for a laboratory this is when its result was approved.
            put("labels", {**head, "recordedAt": row["time"], "value": float(row[target])})
    producer.flush()
    if failed:
        sys.exit("%d records were not sent; the first: %s" % (len(failed), failed[0]))


if __name__ == "__main__":
    with open(sys.argv[3], newline="", encoding="utf-8") as file:
        send(sys.argv[1], sys.argv[2], csv.DictReader(file), sys.argv[4])
