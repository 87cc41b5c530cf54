package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Products with a number inside of a graph that gradients will go back through.
 *
 * <p>{@code array.mul(2.5)} makes an array of the number in Java's memory and gives that memory
 * back at once, while the graph still points to it: after the next collection of garbage a gradient
 * reads whatever is there by then, now and then NaN. So numbers that a product, quotient or power
 * keeps for its gradient are arrays here, which live as long as the manager of the step. Sums keep
 * nothing.
 */
final class Scaled {
    private Scaled() {}

    /**
     * array · factor, in the array's own type: beside a scalar, a double would make a double of it.
     */
    static NDArray by(NDArray array, double factor) {
        NDArray number =
                array.getDataType() == DataType.FLOAT64
                        ? array.getManager().create(factor)
                        : array.getManager().create((float) factor);
        return array.mul(number);
    }

    /** array + term, in the array's own type. */
    static NDArray plus(NDArray array, double term) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.add(term);
        }
        return array.add((float) term);
    }
}
