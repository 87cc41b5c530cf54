/** Sensor streams in files: rows become the readings and labels that Kafka would have brought. */
package io.pidstream.csv;
