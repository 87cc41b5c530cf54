/** Mapping of messages that others define to readings and labels, by the names of their fields. */
package io.pidstream.mapping;
