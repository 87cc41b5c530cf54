/** The explanation page: records of the output topics, kept in memory and shown in a browser. */
package io.pidstream.dashboard;
