/**
 * Versions of the encoders: content, storage, records, and the interface of every kind of version.
 */
package io.pidstream.version;
