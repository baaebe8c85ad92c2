package io.pentameter.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** The compiled classes of modules, to read what they declare; the build has made them before the stories run. */
final class ServiceClasses {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private ServiceClasses() {}

    static Index of(String... modules) throws IOException {
        Indexer indexer = new Indexer();
        for (String module : modules) {
            Path classes = ROOT.resolve(module).resolve("target/classes");
            if (!Files.isDirectory(classes)) {
                throw new AssertionError("build %s first: there is no %s".formatted(module, classes));
            }
            for (Path file : classFiles(classes)) {
                try (InputStream in = Files.newInputStream(file)) {
                    indexer.index(in);
                }
            }
        }
        return indexer.complete();
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
