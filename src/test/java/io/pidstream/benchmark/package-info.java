/** JMH benchmarks, run by name only: no build and no test depends on a duration. */
package io.pidstream.benchmark;
