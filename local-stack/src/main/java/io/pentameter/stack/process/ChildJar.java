package io.pentameter.stack.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The jar with the main classes of child processes.
 *
 * <p>Written from this class loader's own bytes, so it works from a jar, from a directory of classes and inside the class
 * loaders of a test framework. Its name holds its content's hash and it is never rewritten, as an AOT cache demands.
 */
public final class ChildJar {

    private static final List<String> CLASSES =
            List.of("ParentWatch", "JavaMain", "KafkaMain", "ClickHouseMain", "ClickHouseMain$NativeCall");
    private static final String FOLDER = "io/pentameter/stack/child/";

    private ChildJar() {}

    /** The jar inside {@code directory}, written if it is not there yet. */
    public static Path in(Path directory) {
        byte[] content = content();
        Path jar = directory.resolve("child-" + hash(content).substring(0, 16) + ".jar");
        if (!Files.exists(jar)) {
            write(jar, content);
        }
        return jar;
    }

    private static void write(Path jar, byte[] content) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(jar.toAbsolutePath().getParent(), "child", ".partial");
            Files.write(partial, content);
            Files.move(partial, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String name : CLASSES) {
                JarEntry entry = new JarEntry(FOLDER + name + ".class");
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                jar.putNextEntry(entry);
                jar.write(bytesOf(entry.getName()));
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytesOf(String resource) throws IOException {
        try (InputStream in = ChildJar.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return in.readAllBytes();
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
