/** Plain numerics: moments that decay and merge, covariances, factorisations, quantiles. */
package io.pidstream.stats;
