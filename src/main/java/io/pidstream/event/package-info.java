/** The records that travel between the stages of a job, and their formats. */
package io.pidstream.event;
