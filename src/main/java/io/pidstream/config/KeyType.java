package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How the values of a key are written in the file, and which there may be.
 *
 * @param <T> type of the values
 */
interface KeyType<T> {
    /** Type and bounds, to follow "expected". */
    String expected();

    /**
     * @param value what the file has; neither missing nor null
     * @return the value, or nothing after a report of what is wrong with it
     */
    Optional<T> read(JsonNode value, Report report);

    /** The value as maps, lists, texts and numbers. */
    default Object write(T value) {
        return value;
    }

    /** Stands in for a required value that is missing, so that reading can continue. */
    T placeholder();

    /** Takes what is wrong with a value. */
    interface Report {
        /**
         * @param item of a list, such as {@code [2]}; otherwise empty
         */
        void problem(String item, Object value, String expected);

        /** The report for an item of a list. */
        default Report at(int index) {
            return (item, value, expected) -> problem("[" + index + "]" + item, value, expected);
        }
    }
}
