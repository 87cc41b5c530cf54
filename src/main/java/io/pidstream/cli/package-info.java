/** The command line. */
package io.pidstream.cli;
