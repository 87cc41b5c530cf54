/** What operators tell about themselves while they run: the names, and how they are registered. */
package io.pidstream.metric;
