/** Whole data sets: which rows count, and what the modalities know about the target in them. */
package io.pidstream.dataset;
