/** The packaged jars on a Flink cluster of processes. */
package io.pidstream.cluster;
