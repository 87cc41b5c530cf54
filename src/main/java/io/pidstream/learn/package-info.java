/**
 * Learns online, for the fleet and for every asset, to predict the target of a frame, to say what
 * each modality contributed, and how sure that is.
 */
package io.pidstream.learn;
