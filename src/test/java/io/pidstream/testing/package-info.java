/** What the tests of several packages share: records, streams, a browser, and how to wait. */
package io.pidstream.testing;
