/** Times and durations as people write them. */
package io.pidstream.time;
