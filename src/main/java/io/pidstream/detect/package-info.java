/** Change detectors over block statistics. */
package io.pidstream.detect;
