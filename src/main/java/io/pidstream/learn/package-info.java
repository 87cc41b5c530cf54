/**
 * The learning stage: for the fleet and for every asset, predicts the target of each frame online
 * and explains the contribution of each modality, with confidence intervals.
 */
package io.pidstream.learn;
