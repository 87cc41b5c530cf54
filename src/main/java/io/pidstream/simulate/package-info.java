/** Synthetic assets whose true decomposition is known, and the scenario they go through. */
package io.pidstream.simulate;
