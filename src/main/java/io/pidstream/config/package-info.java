/** The configuration of a pipeline: its keys as data, its file, and the validated record. */
package io.pidstream.config;
