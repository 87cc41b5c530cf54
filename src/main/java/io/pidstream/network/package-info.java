/** Neural-network versions: encoders, losses and training (DJL). */
package io.pidstream.network;
