/**
 * The mathematics of prediction: experts, their mixture, intervals and rolling decompositions, as a
 * library without Flink.
 */
package io.pidstream.forecast;
