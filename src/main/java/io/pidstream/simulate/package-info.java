/** Simulated assets whose true decomposition is known, with fault scenarios. */
package io.pidstream.simulate;
