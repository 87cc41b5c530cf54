/** The commands. */
package io.pidstream.cli;
