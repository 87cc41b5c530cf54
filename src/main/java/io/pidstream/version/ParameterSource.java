package io.pidstream.version;

import java.io.IOException;

/** Where parameters are read from that do not travel inline, such as Flink's file systems. */
@FunctionalInterface
public interface ParameterSource {
    /**
     * @param uri as published
     * @return all bytes there
     * @throws IOException if there is nothing, or it cannot be read
     */
    byte[] read(String uri) throws IOException;
}
