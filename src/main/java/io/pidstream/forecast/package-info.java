/**
 * The mathematics of prediction: experts, their mixture, intervals and rolling decompositions, as a
 * library that does not depend on Flink.
 */
package io.pidstream.forecast;
