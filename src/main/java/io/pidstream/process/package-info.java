/** This process: its logs, Ctrl-C, and the job jar that it runs. */
package io.pidstream.process;
