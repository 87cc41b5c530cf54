package io.pidstream.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Splits the self-contained jar in two: PyTorch's native library, which is as large as the rest and
 * needed for networks only, and everything else. The manifest of the latter names the other jar,
 * which need not be there. Its entries are not compressed: Java starts faster from them, and the
 * archive that is downloaded compresses all of them at once, which is smaller.
 */
public final class SplitJar {
    private static final String PYTORCH_JAR = "pytorch.jar";

    private static final List<String> PYTORCH = List.of("pytorch/", "native/lib/", "jnilib/");

    /** Of the manifest, so that the same build has the same bytes; 2026-01-01. */
    private static final long TIME = 1_767_225_600_000L;

    private SplitJar() {}

    /**
     * @param args the jar; the directory for the two
     */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[1]));
        split(Path.of(args[0]), directory.resolve("pidstream.jar"), directory.resolve(PYTORCH_JAR));
    }

    private static void split(Path whole, Path core, Path pytorch) throws IOException {
        try (ZipFile in = ZipFile.builder().setPath(whole).get();
                ZipArchiveOutputStream ofCore = new ZipArchiveOutputStream(core);
                ZipArchiveOutputStream ofPytorch = new ZipArchiveOutputStream(pytorch)) {
            add(ofCore, manifest(in));
            for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    boolean networks = PYTORCH.stream().anyMatch(entry.getName()::startsWith);
                    if (networks) {
                        copy(in, entry, ofPytorch);
                    } else {
                        store(in, entry, ofCore);
                    }
                }
            }
        }
    }

    /** Copies the compressed bytes as they are. */
    private static void copy(ZipFile in, ZipArchiveEntry entry, ZipArchiveOutputStream out)
            throws IOException {
        try (InputStream raw = in.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, raw);
        }
    }

    private static void store(ZipFile in, ZipArchiveEntry entry, ZipArchiveOutputStream out)
            throws IOException {
        ZipArchiveEntry stored = new ZipArchiveEntry(entry.getName());
        stored.setTime(entry.getTime());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        out.putArchiveEntry(stored);
        try (InputStream plain = in.getInputStream(entry)) {
            plain.transferTo(out);
        }
        out.closeArchiveEntry();
    }

    private static byte[] manifest(ZipFile in) throws IOException {
        ZipArchiveEntry entry = in.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new IOException("the jar has no manifest");
        }
        Manifest manifest;
        try (InputStream text = in.getInputStream(entry)) {
            manifest = new Manifest(text);
        }
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, PYTORCH_JAR);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static void add(ZipArchiveOutputStream out, byte[] manifest) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(JarFile.MANIFEST_NAME);
        entry.setTime(TIME);
        out.putArchiveEntry(entry);
        out.write(manifest);
        out.closeArchiveEntry();
    }
}
