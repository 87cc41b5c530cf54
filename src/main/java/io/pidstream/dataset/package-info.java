/**
 * Whole data sets: which rows are used, and the information of the modalities about the target in
 * them.
 */
package io.pidstream.dataset;
