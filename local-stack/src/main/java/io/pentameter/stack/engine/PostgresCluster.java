package io.pentameter.stack.engine;

import io.pentameter.stack.engine.PostgresEngine.Durability;
import io.pentameter.stack.process.StartFailedException;
import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The data directory of PostgreSQL before the server starts on it. */
record PostgresCluster(Path home, Path data, Path log, Durability durability) {

    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(15);
    private static final int INIT_SECONDS = 120;

    /** Creates the cluster if there is none, and ends a server that an earlier, killed parent has left on it. */
    void prepare(String password) throws IOException {
        endOrphan();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(password);
        }
    }

    /** The server refuses to run as root; in a user namespace without a mapping it is nobody, and keeps our files. */
    static List<String> asNobody() {
        return isRoot() ? List.of("unshare", "-U") : List.of();
    }

    private static boolean isRoot() {
        return ProcessHandle.current().info().user().orElse("").equals("root");
    }

    private void create(String password) throws IOException {
        Path passwordFile = Files.createTempFile(
                "pentameter",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            Path partial = data.resolveSibling(data.getFileName() + ".partial");
            Trees.delete(partial);
            initdb(partial, passwordFile);
            Files.move(partial, data);
        } finally {
            Files.delete(passwordFile);
        }
    }

    private void initdb(Path target, Path passwordFile) throws IOException {
        List<String> command = new ArrayList<>(asNobody());
        command.addAll(List.of(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + target,
                "--username=" + PostgresEngine.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (durability == Durability.NONE) {
            command.add("--no-sync");
        }
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(INIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new StartFailedException("postgresql could not create its data directory; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * A process counts as the orphan only if it runs our program in this directory; the file with its id may be years old
     * and the id somebody else's now.
     */
    private void endOrphan() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> orphan = Files.readAllLines(file).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                .filter(this::isOurServer);
        if (orphan.isPresent()) {
            List<ProcessHandle> all = orphan.get().descendants().toList();
            orphan.get().destroyForcibly();
            Waiting.until(
                    ORPHAN_LIMIT, () -> !orphan.get().isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
        }
        Files.deleteIfExists(file);
    }

    private boolean isOurServer(ProcessHandle process) {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return proc.resolve("cwd").toRealPath().equals(data.toRealPath())
                    && proc.resolve("exe").toRealPath().getFileName().toString().equals("postgres");
        } catch (IOException _) {
            return false; // gone, or not ours to look at
        }
    }
}
