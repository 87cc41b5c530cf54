/** The metrics of operators: definitions and registration. */
package io.pidstream.metric;
