package io.pidstream.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of the project's classes that values consist of: what an equal value of a later
 * program must have written and read. Transient fields are not state.
 */
final class FieldsOf {
    private static final String PROJECT = "io.pidstream.";
    private static final String GENERATED = "io.pidstream.avro.";

    private final Map<String, String> classes = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private FieldsOf() {}

    /** A line per class, in the order of their names. */
    static String values(Iterable<?> values) {
        FieldsOf fields = new FieldsOf();
        values.forEach(fields::visit);
        return fields.classes.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private void visit(Object value) {
        if (value == null || value instanceof Enum || value instanceof Class || !seen.add(value)) {
            return;
        }
        if (value instanceof Iterable<?> elements) {
            elements.forEach(this::visit);
        } else if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(this::visit);
            map.values().forEach(this::visit);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::visit);
        } else if (value.getClass().isArray()) {
            visitArray(value);
        } else if (isOurs(value.getClass())) {
            visitFields(value);
        }
    }

    private void visitArray(Object array) {
        if (!array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(array); i++) {
                visit(Array.get(array, i));
            }
        }
    }

    /** What is generated has its history in schemas. */
    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(PROJECT) && !type.getName().startsWith(GENERATED);
    }

    private void visitFields(Object value) {
        for (Class<?> type = value.getClass(); isOurs(type); type = type.getSuperclass()) {
            Field[] state =
                    Arrays.stream(type.getDeclaredFields())
                            .filter(field -> !Modifier.isStatic(field.getModifiers()))
                            .filter(field -> !Modifier.isTransient(field.getModifiers()))
                            .filter(field -> !field.isSynthetic())
                            .toArray(Field[]::new);
            classes.put(
                    type.getName().substring(PROJECT.length()),
                    Arrays.stream(state)
                            .map(f -> f.getName() + " " + f.getGenericType().getTypeName())
                            .map(text -> text.replace(PROJECT, "").replaceAll("java\\.\\w+\\.", ""))
                            .collect(Collectors.joining(", ")));
            for (Field field : state) {
                visit(get(field, value));
            }
        }
    }

    private static Object get(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }
}
