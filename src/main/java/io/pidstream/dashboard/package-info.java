/** The explanation page: what the output topics say, kept in memory and shown live in a browser. */
package io.pidstream.dashboard;
