/** Alerts on shifted contributions, from tests on the statistics of blocks, not of frames. */
package io.pidstream.alert;
