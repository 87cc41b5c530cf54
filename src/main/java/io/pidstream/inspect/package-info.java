/**
 * Looks at files of unknown shape: dialect, columns, times, assets, grades of channels, and a
 * configuration that reads them.
 */
package io.pidstream.inspect;
