package io.pidstream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.pidstream.cli.Main;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.state.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on limits lists every field that can grow, and nothing else. */
class LimitsTest {
    private static final String HOME = "io.pidstream.";
    private static final Path PAGE = Path.of("src/site/markdown/limits.md");
    private static final Pattern PACKAGE = Pattern.compile("`([a-z]+)`");
    private static final Pattern FIELD =
            Pattern.compile("`([a-z]+(?:\\.[A-Z][A-Za-z0-9]*)+\\.[a-z][A-Za-z0-9]*)`");
    private static final Pattern CONSTANT =
            Pattern.compile("`([a-z]+\\.[A-Z][A-Za-z0-9]*)\\.([A-Z_]+)` \\(([0-9,]+)\\)");

    private static List<String> page;
    private static JavaClasses classes;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readAllLines(PAGE);
        classes =
                new ClassFileImporter()
                        .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void everyFieldThatCanGrowIsListedAndEveryRowExists() {
        List<String> listed = new ArrayList<>();
        rows().forEach(
                        row ->
                                FIELD.matcher(cells(row)[1])
                                        .results()
                                        .forEach(m -> listed.add(m.group(1))));

        assertThat(listed).doesNotHaveDuplicates();
        TreeSet<String> missing = growing();
        missing.removeAll(listed);
        assertThat(missing).as("fields that can grow without a row").isEmpty();
        TreeSet<String> gone = new TreeSet<>(listed);
        gone.removeAll(growing());
        assertThat(gone).as("rows without a field").isEmpty();
        assertThat(listed).hasSizeGreaterThan(80);
    }

    @Test
    void everyRowSaysItsBoundAndWhatHappensThere() {
        for (String row : rows()) {
            assertThat(cells(row)).as(row).noneMatch(cell -> cell.equals("?"));
            assertThat(List.of(cells(row)).subList(1, cells(row).length))
                    .as(row)
                    .allMatch(cell -> !cell.isBlank());
        }
    }

    @Test
    void everyConstantHasThePrintedValue() throws Exception {
        int compared = 0;
        for (Matcher constant = CONSTANT.matcher(String.join("\n", page)); constant.find(); ) {
            compared++;
            assertThat(valueOf(constant.group(1), constant.group(2)))
                    .as("%s.%s", constant.group(1), constant.group(2))
                    .isEqualTo(constant.group(3).replace(",", ""));
        }
        assertThat(compared).isGreaterThan(8);
    }

    private static String valueOf(String type, String constant) throws Exception {
        Field field = Class.forName(HOME + type).getDeclaredField(constant);
        field.setAccessible(true);
        return String.valueOf(field.get(null));
    }

    private static List<String> rows() {
        return page.stream().filter(line -> line.startsWith("| `")).toList();
    }

    private static String[] cells(String row) {
        String[] cells = row.split("\\|");
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    private static TreeSet<String> growing() {
        Set<String> left = new TreeSet<>();
        String list = String.join(" ", page);
        String packages = list.substring(list.indexOf("are left out:"), list.indexOf("Terms:"));
        PACKAGE.matcher(packages).results().forEach(m -> left.add(m.group(1)));
        TreeSet<String> fields = new TreeSet<>();
        for (JavaClass type : classes) {
            String name = type.getFullName().substring(HOME.length());
            String room = name.contains(".") ? name.substring(0, name.indexOf('.')) : "";
            if (left.contains(room) || room.equals("avro") || type.isRecord()) {
                continue;
            }
            for (JavaField field : type.getFields()) {
                if (!field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && canGrow(field.getRawType())) {
                    fields.add(name.replace('$', '.') + '.' + field.getName());
                }
            }
        }
        return fields;
    }

    private static boolean canGrow(JavaClass type) {
        JavaClass of = type.isArray() ? type.getComponentType() : type;
        return of.isAssignableTo(Collection.class)
                || of.isAssignableTo(Map.class)
                || of.isAssignableTo(State.class)
                || of.isAssignableTo(Executor.class);
    }
}
