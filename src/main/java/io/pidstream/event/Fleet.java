package io.pidstream.event;

/** The whole fleet: its reserved name in keys, records and topics. */
public final class Fleet {
    /** Name of the whole fleet, used instead of an asset's; no asset may have it. */
    public static final String NAME = "*";

    private Fleet() {}

    /** Whether a name is that of the whole fleet. */
    public static boolean is(String asset) {
        return asset.equals(NAME);
    }
}
