/** Versions that are networks: encoders, losses and training (DJL). */
package io.pidstream.network;
