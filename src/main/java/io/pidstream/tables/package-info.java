/**
 * Random tables: additive models of the cells that thresholds of channels divide frames into, which
 * learn label by label.
 */
package io.pidstream.tables;
