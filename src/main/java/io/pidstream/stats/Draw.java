package io.pidstream.stats;

/**
 * Numbers that are as good as drawn, but follow from what they are drawn for: whatever the order of
 * arrival, and after a restart, they are the same.
 */
public final class Draw {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Draw() {}

    /** For one asset and time: 64-bit FNV-1a of both, mixed. */
    public static long of(String asset, long time, long seed) {
        long hash = FNV_OFFSET ^ seed;
        for (int i = 0; i < asset.length(); i++) {
            hash = (hash ^ asset.charAt(i)) * FNV_PRIME;
        }
        return mixed((hash ^ time) * FNV_PRIME);
    }

    /** The finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014). */
    public static long mixed(long number) {
        long hash = number;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
