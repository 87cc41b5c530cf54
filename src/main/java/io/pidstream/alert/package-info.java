/**
 * Alerts on shifted contributions, from tests on the statistics of blocks, not of frames, and what
 * people did about them.
 */
package io.pidstream.alert;
