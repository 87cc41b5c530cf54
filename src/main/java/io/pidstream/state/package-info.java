/** Flink's serializers over the formats. */
package io.pidstream.state;
