/** What a run, a data set or a training came to, as text, JSON and HTML pages. */
package io.pidstream.report;
