package io.pidstream.version;

import java.io.IOException;

/** Source of parameters that are not in the record, such as Flink's file systems. */
@FunctionalInterface
public interface ParameterSource {
    /**
     * @param uri as published
     * @return all bytes there
     * @throws IOException if nothing is there or it cannot be read
     */
    byte[] read(String uri) throws IOException;
}
