package io.pidstream.forecast;

/** Who learns: all assets of a fleet together, or an asset by itself. */
enum Level {
    FLEET,
    ASSET
}
