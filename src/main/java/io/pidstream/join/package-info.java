/**
 * The join stage: sorts the frames and labels of an asset into the order of learning, joins each
 * label to its frame, and tells every frame what was known of its labels at its turn.
 */
package io.pidstream.join;
