package io.pidstream.mapping;

import java.io.Serializable;

/**
 * Where a message's asset is.
 *
 * @param field path of the field; null if it is elsewhere
 * @param key whether it is the record's key
 * @param constant the asset of every message; null if it is elsewhere
 */
public record AssetField(String field, boolean key, String constant) implements Serializable {
    public static AssetField of(String field) {
        return new AssetField(field, false, null);
    }

    public static AssetField ofKey() {
        return new AssetField(null, true, null);
    }

    public static AssetField constant(String asset) {
        return new AssetField(null, false, asset);
    }
}
