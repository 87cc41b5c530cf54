/** Which records get in, and what becomes of the others. */
package io.pidstream.admit;
