/** Flink serializers on top of {@code format}. */
package io.pidstream.state;
