/** Plain numerics: decaying, mergeable moments, covariances, factorisations, quantiles. */
package io.pidstream.stats;
