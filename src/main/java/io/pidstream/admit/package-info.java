/** Admission of valid records; dead letters for all others. */
package io.pidstream.admit;
