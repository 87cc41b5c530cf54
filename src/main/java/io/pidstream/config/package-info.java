/** The configuration of a pipeline, validated. */
package io.pidstream.config;
