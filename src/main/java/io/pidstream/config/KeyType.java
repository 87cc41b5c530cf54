package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The type of a key's values: how they are written in the file, and which are valid.
 *
 * @param <T> type of the values
 */
interface KeyType<T> {
    /** Type and bounds, to follow "expected". */
    String expected();

    /**
     * @param value the value in the file; neither missing nor null
     * @return the value; empty if a problem was reported
     */
    Optional<T> read(JsonNode value, Report report);

    /** The value as maps, lists, texts and numbers. */
    default Object write(T value) {
        return value;
    }

    /** Placeholder for a required value that is missing, so that reading can continue. */
    T placeholder();

    /** Collects the problems of a value. */
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
