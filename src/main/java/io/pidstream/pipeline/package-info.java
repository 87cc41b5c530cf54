/** The two job graphs, and the settings of their stages from the configuration. */
package io.pidstream.pipeline;
