/**
 * The packaged jars on a Flink cluster of processes, and what happens when parts of it are killed.
 */
package io.pidstream.cluster;
