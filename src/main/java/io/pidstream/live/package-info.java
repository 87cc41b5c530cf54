/** Pipelines watched in a terminal while they run. */
package io.pidstream.live;
