/**
 * What is in {@code deploy/} and {@code docker/}, as far as it can be checked without a cluster.
 */
package io.pidstream.deploy;
