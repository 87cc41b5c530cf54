/** The job graphs, one readable definition each, and the typed configuration. */
package io.pidstream.pipeline;
