/**
 * Tells people when contributions have shifted: tests on the statistics of blocks, not of frames.
 */
package io.pidstream.alert;
