/** The two job graphs, and what their stages are told of the configuration. */
package io.pidstream.pipeline;
