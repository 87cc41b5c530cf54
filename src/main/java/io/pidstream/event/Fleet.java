package io.pidstream.event;

/** All assets together, as keys, records and topics name them. */
public final class Fleet {
    /** Name of the whole fleet in the place of an asset's, which no asset may have. */
    public static final String NAME = "*";

    private Fleet() {}

    /** Whether something is about the whole fleet. */
    public static boolean is(String asset) {
        return asset.equals(NAME);
    }
}
