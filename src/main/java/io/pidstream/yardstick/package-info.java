/**
 * Predictions that need no model, or the simplest one, and what a prediction saves against them.
 * Every place that shows a score uses the definitions of this package.
 */
package io.pidstream.yardstick;
