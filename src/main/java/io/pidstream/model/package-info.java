/**
 * Networks that encode modalities and predict from them, how they are trained, and the artefacts in
 * which a trained version travels. Nothing outside of this package sees the engine behind them.
 */
package io.pidstream.model;
