package io.pidstream.event;

import io.pidstream.state.StateRefusedException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The class named in savepoints from before formats had names and versions. */
public final class BinarySerializer {
    private BinarySerializer() {}

    /** Refuses such savepoints. */
    public static final class Snapshot implements TypeSerializerSnapshot<Object> {
        @Override
        public int getCurrentVersion() {
            return 1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {
            throw new UnsupportedOperationException("only older programs wrote this");
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader) {
            throw new StateRefusedException(
                    "the state was written by pidstream 0.1, whose formats this program cannot"
                            + " read; start without it");
        }

        @Override
        public TypeSerializer<Object> restoreSerializer() {
            throw new UnsupportedOperationException("there is nothing to restore");
        }

        @Override
        public TypeSerializerSchemaCompatibility<Object> resolveSchemaCompatibility(
                TypeSerializerSnapshot<Object> old) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
