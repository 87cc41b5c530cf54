/** Where the parameters of versions lie that are too large for a record: Flink's file systems. */
package io.pidstream.artefact;
