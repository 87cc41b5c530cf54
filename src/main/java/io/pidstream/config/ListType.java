package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A list of values of one type.
 *
 * @param item type of the values
 * @param plural their name in messages
 * @param least smallest number of values
 * @param most largest number of values
 * @param distinct whether duplicates are invalid
 */
record ListType<T>(KeyType<T> item, String plural, int least, int most, boolean distinct)
        implements KeyType<List<T>> {
    static <T> ListType<T> of(KeyType<T> item, String plural, int least, int most) {
        return new ListType<>(item, plural, least, most, false);
    }

    static <T> ListType<T> ofDistinct(KeyType<T> item, String plural, int least, int most) {
        return new ListType<>(item, plural, least, most, true);
    }

    @Override
    public String expected() {
        String count = least == 0 ? "at most " + most : least + " to " + most;
        return "a list of %s, %s%s%s"
                .formatted(
                        plural,
                        most == Integer.MAX_VALUE ? "at least " + least : count,
                        distinct ? ", each once" : "",
                        item.expected().equals("a text") ? "" : "; each " + item.expected());
    }

    @Override
    public Optional<List<T>> read(JsonNode value, Report report) {
        List<T> values = new ArrayList<>();
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            item.read(value.get(i), report.at(i)).ifPresent(values::add);
        }
        if (value.isArray() && values.size() < value.size()) {
            return Optional.empty();
        }
        boolean repeated = distinct && new HashSet<>(values).size() < values.size();
        if (!value.isArray() || values.size() < least || values.size() > most || repeated) {
            report.problem("", value, expected());
            return Optional.empty();
        }
        return Optional.of(List.copyOf(values));
    }

    @Override
    public Object write(List<T> value) {
        return value.stream().map(item::write).toList();
    }

    @Override
    public List<T> placeholder() {
        return List.of();
    }
}
