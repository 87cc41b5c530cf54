/**
 * What a version of the encoders is, how it is stored and travels, and what every kind of version
 * must do.
 */
package io.pidstream.version;
