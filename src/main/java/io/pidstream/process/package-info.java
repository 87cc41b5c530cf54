/** The process: its logging, Ctrl-C, and the job jar that it submits and follows. */
package io.pidstream.process;
