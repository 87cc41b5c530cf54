/** This process: its logs, Ctrl-C, the job jar that it runs, and whether its job took its state. */
package io.pidstream.process;
