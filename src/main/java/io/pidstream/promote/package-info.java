/** Promotion of model versions: trials of candidates, and monitoring of the active version. */
package io.pidstream.promote;
