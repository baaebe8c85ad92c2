package io.pentameter.stack.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** A Keycloak home of one's own, whose programs are links to the store's and whose data are not. */
final class KeycloakHome {

    static final String MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private static final List<String> SHARED = List.of("conf", "lib", "providers", "themes", "version.txt");

    private KeycloakHome() {}

    static void link(Path store, Path home) throws IOException {
        Files.createDirectories(home.resolve("data"));
        for (String name : SHARED) {
            Path link = home.resolve(name);
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                    && !link.toRealPath().equals(store.resolve(name))) {
                Files.delete(link);
            }
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, store.resolve(name));
            }
        }
    }

    /**
     * Java as Keycloak's own start script would call it, with less memory. The programs are those of {@code store}, so that
     * one AOT cache fits all homes.
     */
    static JavaCommand java(Path childJar, Path store, Path home) {
        return new JavaCommand(childJar)
                .options("-Xms64m", "-Xmx384m", "-XX:MetaspaceSize=96M", "-XX:MaxMetaspaceSize=256m")
                .options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
                .options("-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US")
                .options("-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory")
                .options("-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
                .options("--add-opens=java.base/java.util=ALL-UNNAMED")
                .options("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED")
                .options("--add-opens=java.base/java.security=ALL-UNNAMED")
                .options("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .options("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                .options("-Dkc.home.dir=" + home, "-Djboss.server.config.dir=" + home.resolve("conf"))
                .classPath(List.of(store.resolve("lib/quarkus-run.jar")));
    }
}
