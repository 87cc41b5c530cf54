package io.pidstream.version;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/** Reads parameters of a version, which may come from anywhere. */
public final class ParameterBytes {
    /** Reads what follows the magic number and the format version. */
    public interface Body<T> {
        /**
         * @param source the bytes below, for the number of those that are left
         */
        T read(DataInputStream in, ByteArrayInputStream source, int version) throws IOException;
    }

    private ParameterBytes() {}

    /**
     * Reads all of the bytes.
     *
     * @param magic their first four bytes
     * @param newest version of the format, the next byte, that is known
     * @throws ModelRefusedException naming what is wrong with the bytes
     */
    public static <T> T read(byte[] bytes, int magic, int newest, Body<T> body) {
        ByteArrayInputStream source = new ByteArrayInputStream(bytes);
        try (DataInputStream in = new DataInputStream(source)) {
            int itsMagic = in.readInt();
            int itsVersion = in.readByte();
            if (itsMagic != magic || itsVersion < 1 || itsVersion > newest) {
                throw new ModelRefusedException(
                        "the parameters begin with %08x and have format version %d; expected %08x and %d"
                                .formatted(itsMagic, itsVersion, magic, newest));
            }
            T content = body.read(in, source, itsVersion);
            if (source.available() > 0) {
                throw new ModelRefusedException(
                        source.available() + " bytes follow the end of the parameters");
            }
            return content;
        } catch (EOFException e) {
            throw new ModelRefusedException(
                    "the parameters end early, after " + bytes.length + " bytes", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelRefusedException("the parameters are not valid: " + e.getMessage(), e);
        }
    }
}
