/** How values are written, in state and between operators. */
package io.pidstream.format;
