package io.pentameter.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Node project in {@code src/test/clients}. Its packages are installed by {@code npm ci}, once per lock file, into the
 * user's cache beside the engines, so that the tree stays clean and the second run begins at once.
 */
final class NodeClients {

    static final Path PROJECT = Path.of("src", "test", "clients");

    private static final List<String> MANIFEST = List.of("package.json", "package-lock.json", ".npmrc");
    private static final long INSTALL_WITHIN_MINUTES = 5;
    private static final long RUN_WITHIN_SECONDS = 60;

    private final Path packages;

    private NodeClients(Path packages) {
        this.packages = packages;
    }

    static NodeClients installed() throws IOException, InterruptedException {
        Path home = cache().resolve("clients").resolve(hashOfManifest());
        Path complete = home.resolve("complete");
        if (!Files.exists(complete)) {
            Files.createDirectories(home);
            for (String file : MANIFEST) {
                Files.writeString(home.resolve(file), Files.readString(PROJECT.resolve(file)));
            }
            npmCi(home);
            Files.writeString(complete, "");
        }
        return new NodeClients(home.resolve("node_modules"));
    }

    /**
     * Runs a script to its end.
     *
     * @return what it wrote
     */
    String run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path log = Files.createTempFile("pentameter-client", ".log");
        try {
            ProcessBuilder node = new ProcessBuilder("node", script)
                    .directory(PROJECT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            node.environment().put("NODE_PATH", packages.toString());
            node.environment().putAll(environment);
            Process process = node.start();
            boolean ended = process.waitFor(RUN_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(log);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("%s %s: %s"
                        .formatted(
                                script,
                                ended
                                        ? "ended with " + process.exitValue()
                                        : "did not end within " + RUN_WITHIN_SECONDS + " s",
                                said));
            }
            return said;
        } finally {
            Files.delete(log);
        }
    }

    private static void npmCi(Path home) throws IOException, InterruptedException {
        Path log = home.resolve("npm.log");
        Process npm;
        try {
            npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(home.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "found no npm on the PATH, which installs the SDKs; Node 20 or newer brings it", e);
        }
        boolean ended = npm.waitFor(INSTALL_WITHIN_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            npm.destroyForcibly().waitFor();
        }
        if (!ended || npm.exitValue() != 0) {
            throw new AssertionError("npm ci in %s %s: %s"
                    .formatted(
                            home,
                            ended
                                    ? "ended with " + npm.exitValue()
                                    : "was not done in " + INSTALL_WITHIN_MINUTES + " min",
                            Files.readString(log)));
        }
    }

    private static Path cache() {
        for (String name : List.of("PENTAMETER_CACHE", "XDG_CACHE_HOME")) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return name.equals("PENTAMETER_CACHE") ? Path.of(value) : Path.of(value, "pentameter");
            }
        }
        return Path.of(System.getProperty("user.home"), ".cache", "pentameter");
    }

    private static String hashOfManifest() throws IOException {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (String file : MANIFEST) {
                hash.update(Files.readString(PROJECT.resolve(file)).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(hash.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
