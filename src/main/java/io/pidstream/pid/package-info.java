/** Gaussian information between a target and groups of channels, and its partial decomposition. */
package io.pidstream.pid;
