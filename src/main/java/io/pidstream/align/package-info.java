/** Aligns the readings of all modalities of an asset, slot by slot, in event time. */
package io.pidstream.align;
