/** Detectors of change over the statistics of blocks. */
package io.pidstream.detect;
