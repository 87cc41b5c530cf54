/** Which model versions are earned: candidates on trial, and the active one under watch. */
package io.pidstream.promote;
