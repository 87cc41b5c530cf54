package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Products with a number inside an autograd graph.
 *
 * <p>{@code array.mul(2.5)} creates a temporary array of the number in Java's memory, which is
 * released immediately although the graph still refers to it. After a garbage collection the
 * gradient may then read arbitrary values, including NaN. So the numbers that a product, quotient
 * or power keeps for its gradient are arrays here that live as long as the manager of the step.
 * Sums keep nothing.
 */
final class Scaled {
    private Scaled() {}

    /**
     * array · factor, in the array's data type, because a double would convert the result to
     * double.
     */
    static NDArray by(NDArray array, double factor) {
        NDArray number =
                array.getDataType() == DataType.FLOAT64
                        ? array.getManager().create(factor)
                        : array.getManager().create((float) factor);
        return array.mul(number);
    }

    /** array + term, in the array's data type. */
    static NDArray plus(NDArray array, double term) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.add(term);
        }
        return array.add((float) term);
    }
}
