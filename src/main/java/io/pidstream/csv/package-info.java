/** Sensor streams in CSV files: rows become the same readings and labels as records from Kafka. */
package io.pidstream.csv;
