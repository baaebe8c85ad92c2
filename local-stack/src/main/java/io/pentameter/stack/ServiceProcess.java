package io.pentameter.stack;

import io.pentameter.stack.engine.JavaCommand;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.HttpProbe;
import io.pentameter.stack.process.OwnedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** One of our services as a child process, from the packaged application of its module. */
final class ServiceProcess extends Component {

    private final Program program;
    private final Path workDirectory;
    private final Map<String, String> environment;
    private final URI health;

    /**
     * What to run.
     *
     * @param jar      the module's {@code quarkus-run.jar}
     * @param childJar the jar with {@code JavaMain}
     * @param options  of the JVM
     * @param aotCache used if it exists
     */
    record Program(Path jar, Path childJar, List<String> options, Path aotCache) {}

    ServiceProcess(
            ServiceName service,
            Program program,
            StackDirectory directory,
            Map<String, String> environment,
            URI health) {
        super(service.module(), directory.log(service.module()));
        this.program = program;
        this.workDirectory = directory.run().resolve(service.module());
        this.environment = Map.copyOf(environment);
        this.health = health;
    }

    @Override
    protected OwnedProcess launch() {
        if (!Files.exists(program.jar())) {
            throw new IllegalStateException("%s is not built: %s is missing".formatted(name(), program.jar()));
        }
        List<String> command = new JavaCommand(program.childJar())
                .options(program.options().toArray(String[]::new))
                .aotCache(program.aotCache(), JavaCommand.Aot.USE)
                .classPath(List.of(program.jar()))
                .main("io.pentameter.stack.child.JavaMain", mainClass());
        Map<String, String> all = new HashMap<>(environment);
        all.put("MALLOC_ARENA_MAX", "2"); // each further arena of the C library costs memory and wins nothing here
        return OwnedProcess.start(command, all, workDirectory, log());
    }

    @Override
    protected boolean isReady() {
        return HttpProbe.serves(health);
    }

    /** A little more than the services give themselves to finish what they have begun. */
    @Override
    protected Duration stopLimit() {
        return Duration.ofSeconds(25);
    }

    @Override
    protected Duration startLimit() {
        return Duration.ofSeconds(90);
    }

    private String mainClass() {
        try (JarFile jar = new JarFile(program.jar().toFile())) {
            String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (main == null) {
                throw new IllegalStateException(program.jar() + " names no main class");
            }
            return main;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
