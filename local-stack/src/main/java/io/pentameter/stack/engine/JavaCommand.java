package io.pentameter.stack.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM: the same Java as ours, the class path and the main class. */
public final class JavaCommand {

    private final List<String> options = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();

    public JavaCommand(Path childJar) {
        classPath.add(childJar);
    }

    public JavaCommand options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** What to do with an AOT cache. */
    public enum Aot {
        /** Use it, if there is one; it must have been recorded with the same options and class path. */
        USE,
        /** Write it when the process ends. */
        RECORD
    }

    public JavaCommand aotCache(Path cache, Aot aot) {
        switch (aot) {
            case USE -> {
                if (Files.exists(cache)) {
                    options.add("-XX:AOTCache=" + cache);
                }
            }
            case RECORD -> options.add("-XX:AOTCacheOutput=" + cache);
        }
        return this;
    }

    public JavaCommand classPath(List<Path> jars) {
        classPath.addAll(jars);
        return this;
    }

    public List<String> main(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }
}
