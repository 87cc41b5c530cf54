/** Alerts told to an Alertmanager and to a web server that are really there. */
package io.pidstream.notify;
