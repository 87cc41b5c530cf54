/**
 * Turns frames into latents by the active model version, and by a candidate in its shadow, in
 * micro-batches.
 */
package io.pidstream.encode;
