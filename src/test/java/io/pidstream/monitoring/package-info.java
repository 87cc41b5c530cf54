/** What is in deploy/monitoring, against a job that runs. */
package io.pidstream.monitoring;
