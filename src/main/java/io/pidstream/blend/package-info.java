/** Versions of two kinds together: a network and boosted trees, whose predictions are mixed. */
package io.pidstream.blend;
