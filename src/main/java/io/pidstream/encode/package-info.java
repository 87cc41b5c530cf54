/**
 * The encode stage: encodes frames as latents with the active model version and the shadow version,
 * in micro-batches.
 */
package io.pidstream.encode;
