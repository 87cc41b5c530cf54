package io.pidstream.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keys whose values are in one record. A section's constants register themselves in order of
 * declaration.
 *
 * @param <R> the record
 */
final class Section<R> {
    /** The version of the keys that do not give another one. */
    private static final String FIRST_VERSION = "0.2";

    private final String path;
    private final Function<PipelineConfig, R> record;
    private final Function<PipelineConfig, List<R>> records;
    private final List<Bound<R, ?>> keys = new ArrayList<>();

    private Section(
            String path,
            Function<PipelineConfig, R> record,
            Function<PipelineConfig, List<R>> records) {
        this.path = path;
        this.record = record;
        this.records = records;
    }

    /**
     * @param path prefix of its keys; empty at the top
     */
    static <R> Section<R> of(String path, Function<PipelineConfig, R> record) {
        return new Section<>(path, record, null);
    }

    /** A list of mappings, each with these keys. */
    static <R> Section<R> listOf(String path, Function<PipelineConfig, List<R>> records) {
        return new Section<>(path, null, records);
    }

    /** Declares a key. */
    <T> Declaration<T> key(String name, KeyType<T> type) {
        return new Declaration<>(name, type);
    }

    List<Key<?>> keys() {
        List<Key<?>> all = new ArrayList<>();
        keys.forEach(bound -> all.add(bound.key));
        return all;
    }

    /** Name of the list, if the section is one. */
    String path() {
        return path;
    }

    /** Adds the values of this section to a tree of maps. */
    void write(PipelineConfig config, Map<String, Object> tree) {
        if (records == null) {
            R values = record.apply(config);
            keys.forEach(bound -> bound.write(values, path, tree));
            return;
        }
        List<Map<String, Object>> items = new ArrayList<>();
        for (R values : records.apply(config)) {
            Map<String, Object> item = new LinkedHashMap<>();
            keys.forEach(bound -> bound.write(values, "", item));
            items.add(item);
        }
        tree.put(path, items);
    }

    private String pathOf(String name) {
        if (path.isEmpty()) {
            return name;
        }
        return path + (records == null ? "." : "[].") + name;
    }

    /** A key and the record component with its value. */
    private record Bound<R, T>(Key<T> key, String name, Function<R, T> value) {
        void write(R record, String path, Map<String, Object> tree) {
            T found = value.apply(record);
            if (found != null) {
                put(tree, path.isEmpty() ? name : path + "." + name, key.type().write(found));
            }
        }
    }

    @SuppressWarnings("unchecked") // All maps in a tree have this type.
    private static void put(Map<String, Object> tree, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, value);
            return;
        }
        Object child = tree.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<>());
        put((Map<String, Object>) child, path.substring(dot + 1), value);
    }

    /** Builds a key. */
    final class Declaration<T> {
        private final String name;
        private final KeyType<T> type;
        private Default<T> fallback = Default.required();
        private Function<R, T> value;
        private String since = FIRST_VERSION;

        private Declaration(String name, KeyType<T> type) {
            this.name = name;
            this.type = type;
        }

        /** Otherwise the key is required. */
        Declaration<T> or(Default<T> value) {
            fallback = value;
            return this;
        }

        /** Otherwise the key is required. */
        Declaration<T> or(T value) {
            return or(Default.of(value));
        }

        /** The file may have no value; then the record holds null. */
        Declaration<T> orNone() {
            return or(Default.none());
        }

        /**
         * @param version first version that has the key
         */
        Declaration<T> since(String version) {
            since = version;
            return this;
        }

        /**
         * @param component the record component with the value; null is not written
         */
        Declaration<T> of(Function<R, T> component) {
            value = component;
            return this;
        }

        /**
         * Completes the key with its meaning.
         *
         * @param sentence the meaning, including the unit of the value
         */
        Key<T> means(String sentence) {
            Key<T> key = new Key<>(pathOf(name), type, fallback, since, sentence);
            keys.add(new Bound<>(key, name, value));
            return key;
        }
    }
}
