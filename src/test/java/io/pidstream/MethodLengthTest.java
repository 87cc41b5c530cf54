package io.pidstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A method fits on a screen. */
class MethodLengthTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 70;
    private static final int LONG = 40;

    /** Few, and no more than there are. */
    private static final int MOST_LONG = 20;

    @Test
    void noMethodIsLongAndFewNearlyAre() throws IOException {
        List<String> tooLong = new ArrayList<>();
        List<String> longOnes = new ArrayList<>();
        int methods = 0;
        for (Method method : methods()) {
            methods++;
            String text = "%s: %d lines".formatted(method.name(), method.lines());
            if (method.lines() > MOST_LINES) {
                tooLong.add(text);
            }
            if (method.lines() > LONG) {
                longOnes.add(text);
            }
        }
        assertThat(methods).isGreaterThan(2000);
        assertThat(tooLong).isEmpty();
        assertThat(longOnes).hasSizeLessThanOrEqualTo(MOST_LONG);
    }

    private record Method(String name, long lines) {}

    private static List<Method> methods() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(SOURCES)) {
            files = paths.filter(path -> path.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Method> methods = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void unused) {
                        LineMap lines = unit.getLineMap();
                        long end = positions.getEndPosition(unit, method);
                        // Positions without an end belong to what the compiler adds.
                        if (end >= 0) {
                            long first =
                                    lines.getLineNumber(positions.getStartPosition(unit, method));
                            methods.add(
                                    new Method(
                                            Path.of(unit.getSourceFile().getName()).getFileName()
                                                    + "#"
                                                    + method.getName(),
                                            lines.getLineNumber(end) - first + 1));
                        }
                        return super.visitMethod(method, unused);
                    }
                }.scan(unit, null);
            }
        }
        return methods;
    }
}
