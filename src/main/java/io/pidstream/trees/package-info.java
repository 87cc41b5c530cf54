/** Versions that are gradient-boosted trees: content, evaluation and training (XGBoost). */
package io.pidstream.trees;
