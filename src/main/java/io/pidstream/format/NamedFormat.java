package io.pidstream.format;

import java.io.Serializable;

/** A format that is serialized in a job graph by its name and resolved in each process. */
abstract class NamedFormat<T> implements Format<T> {
    private static final long serialVersionUID = 1;

    private final transient Part part;

    NamedFormat(Part part) {
        this.part = part;
    }

    @Override
    public final Part part() {
        return part;
    }

    final Object writeReplace() {
        return new Named(part.name());
    }

    @Override
    public final String toString() {
        return part.toString();
    }

    private record Named(String name) implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            try {
                return FormatCatalog.named(name);
            } catch (FormatException e) {
                throw new IllegalStateException(
                        "the job was submitted by another version of the program", e);
            }
        }
    }
}
