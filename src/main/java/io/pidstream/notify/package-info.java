/** Alerts pushed to others: Prometheus Alertmanager, and any address that takes JSON. */
package io.pidstream.notify;
