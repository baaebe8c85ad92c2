package io.pentameter.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole stack, started once for all stories with the command that a person would type, in a directory of its own, and
 * stopped at the end; or, while one works on a story, the one whose directory {@code PENTAMETER_STACK} names, which goes on.
 *
 * <p>A story asks for it as a parameter of its constructor. Stories share it: they use words of their own
 * ({@link Spans#unique}) rather than count on being alone.
 */
final class RunningStack implements AutoCloseable {

    private static final int PORTS = 30;
    private static final long READY_WITHIN_MINUTES = 5;

    private final Path directory;
    private final Map<String, String> facts;
    private final boolean isOwn;

    private RunningStack(Path directory, Map<String, String> facts, boolean isOwn) {
        this.directory = directory;
        this.facts = Map.copyOf(facts);
        this.isOwn = isOwn;
    }

    /** Gives stories the stack. */
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningStack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(RunningStack.class, _ -> start(), RunningStack.class);
        }
    }

    URI gateway() {
        return URI.create(fact("PENTAMETER_URL"));
    }

    /** Client of tenant acme that may send. */
    Client ingest() {
        return Client.withKey(gateway(), fact("PENTAMETER_INGEST_KEY"));
    }

    /** Client of tenant acme that may query. */
    Client read() {
        return Client.withKey(gateway(), fact("PENTAMETER_READ_KEY"));
    }

    /** Client of the second tenant that may send. */
    Client otherIngest() {
        return Client.withKey(gateway(), fact("PENTAMETER_SECOND_INGEST_KEY"));
    }

    /** Client of the second tenant that may query. */
    Client otherRead() {
        return Client.withKey(gateway(), fact("PENTAMETER_SECOND_READ_KEY"));
    }

    /** The person who administers tenant acme, logged in. */
    Client admin() {
        return Client.withToken(
                gateway(), People.token(this, fact("PENTAMETER_ADMIN_USER"), fact("PENTAMETER_ADMIN_PASSWORD")));
    }

    /** The person who administers the second tenant, logged in. */
    Client otherAdmin() {
        return Client.withToken(
                gateway(),
                People.token(this, fact("PENTAMETER_SECOND_ADMIN_USER"), fact("PENTAMETER_SECOND_ADMIN_PASSWORD")));
    }

    /** The platform's operator, logged in. */
    Client operator() {
        return Client.withToken(
                gateway(), People.token(this, fact("PENTAMETER_OPERATOR_USER"), fact("PENTAMETER_OPERATOR_PASSWORD")));
    }

    /** A setting of {@code demo.env}. */
    String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new AssertionError("demo.env has no " + name + ", only " + facts.keySet());
        }
        return value;
    }

    /** Runs a command of the script on this stack and returns what it says; fails if the command does. */
    String command(String name, String... options) {
        ProcessBuilder command = script(name, "--data", directory.toString());
        command.command().addAll(List.of(options));
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        "ended with %d: %s: %s".formatted(process.exitValue(), command.command(), said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!isOwn) {
            return;
        }
        try {
            run("down", "--data", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RunningStack start() {
        String running = System.getenv("PENTAMETER_STACK");
        try {
            if (running != null) {
                return new RunningStack(Path.of(running), read(Path.of(running, "demo.env")), false);
            }
            Path directory = Files.createTempDirectory("pentameter-acceptance");
            run("up", "--data", directory.toString(), "--port-base", Integer.toString(freePortBase()));
            return new RunningStack(directory, read(directory.resolve("demo.env")), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** PENTAMETER_BUILT tells the script that the build that runs this test has built the services already. */
    private static ProcessBuilder script(String... arguments) {
        Path root = Path.of("..").toAbsolutePath().normalize();
        ProcessBuilder command = new ProcessBuilder();
        command.command().add(root.resolve("pentameter").toString());
        command.command().addAll(List.of(arguments));
        command.environment().put("PENTAMETER_BUILT", "yes");
        return command.directory(root.toFile());
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder command = script(arguments);
        Process process = command.inheritIO().start();
        if (!process.waitFor(READY_WITHIN_MINUTES, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError("not done in %d minutes: %s".formatted(READY_WITHIN_MINUTES, command.command()));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("ended with %d: %s".formatted(process.exitValue(), command.command()));
        }
    }

    private static int freePortBase() throws IOException {
        for (int base = 20_000; base < 60_000; base += 100) {
            if (isFree(base)) {
                return base;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static boolean isFree(int base) throws IOException {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                socket.setReuseAddress(true);
            } catch (BindException e) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                String name = line.substring(0, equals).replace("export ", "");
                values.put(name, line.substring(equals + 1).replaceAll("^['\"]|['\"]$", ""));
            }
        }
        return values;
    }
}
