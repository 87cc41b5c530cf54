/**
 * The fine-tune stage: buffers labelled frames, decides when to train, and publishes the versions.
 */
package io.pidstream.train;
