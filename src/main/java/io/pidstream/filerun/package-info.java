/** The serve job over a file. */
package io.pidstream.filerun;
