/** Brings the readings of all modalities of an asset together, slot by slot, in event time. */
package io.pidstream.align;
