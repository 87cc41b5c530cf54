package io.pidstream.version;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All kinds of versions. */
public final class VersionKinds {
    private static final List<VersionKind> ALL =
            ServiceLoader.load(VersionKind.class, VersionKinds.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private VersionKinds() {}

    /** Every architecture of every kind, in the order of registration. */
    public static List<String> architectures() {
        List<String> all = new ArrayList<>();
        ALL.forEach(kind -> all.addAll(kind.architectures()));
        return all;
    }

    /**
     * The kind of an architecture.
     *
     * @throws ModelRefusedException if there is no such architecture
     */
    public static VersionKind of(String architecture) {
        return ALL.stream()
                .filter(kind -> kind.architectures().contains(architecture))
                .findFirst()
                .orElseThrow(() -> unknown(architecture));
    }

    /** The exception for an unknown architecture. */
    public static ModelRefusedException unknown(String architecture) {
        return new ModelRefusedException(
                "the architecture is \"%s\"; known are %s"
                        .formatted(
                                architecture,
                                String.join(", ", architectures())
                                        .replaceFirst(", ([^,]*)$", " and $1")));
    }

    /**
     * The kind of a version.
     *
     * @throws ModelRefusedException if there is no such architecture
     */
    public static VersionKind of(ModelArtefact version) {
        return of(version.manifest().shape().type());
    }

    /**
     * Reads parameters of any kind, which is identified by their first bytes.
     *
     * @throws ModelRefusedException naming what is wrong with them
     */
    static VersionContent read(byte[] parameters) {
        if (parameters.length < Integer.BYTES) {
            throw new ModelRefusedException(
                    "the parameters end early, after " + parameters.length + " bytes");
        }
        int magic = ByteBuffer.wrap(parameters).getInt();
        return ALL.stream()
                .filter(kind -> kind.magic() == magic)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ModelRefusedException(
                                        "the parameters begin with %08x, which is not the start of any kind of version"
                                                .formatted(magic)))
                .read(parameters);
    }
}
