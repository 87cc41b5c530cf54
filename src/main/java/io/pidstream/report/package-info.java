/** The results of file runs, decompositions and trainings as text, JSON and HTML pages. */
package io.pidstream.report;
