package io.pentameter.stack.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Keycloak database with its tables, its master realm and an administrator whose password is known to this machine's
 * store only. A directory that begins as a copy of it must change that password before anything else.
 */
record KeycloakTemplate(Path store) {

    private static final int PASSWORD_BYTES = 24;

    static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Keeps the database of a stopped Keycloak as the template. */
    void save(Path keycloak, String password) throws IOException {
        Path partial = template().resolveSibling("template.partial");
        Trees.delete(partial);
        copy(database(keycloak), partial.resolve("h2"));
        Path file = Files.createFile(
                partial.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        Trees.delete(template());
        Files.move(partial, template());
    }

    /** Gives a directory that has no database yet a copy of the template, if there is one. */
    void apply(Path keycloak) throws IOException {
        if (Files.exists(database(keycloak)) || !Files.isDirectory(template())) {
            return;
        }
        Path partial = database(keycloak).resolveSibling("h2.partial");
        Trees.delete(partial);
        copy(template().resolve("h2"), partial);
        Files.copy(template().resolve("password"), marker(keycloak), StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, database(keycloak));
    }

    /** The template's password, as long as it is not certain that the directory has got rid of it. */
    Optional<String> passwordOf(Path keycloak) throws IOException {
        return Files.exists(marker(keycloak)) ? Optional.of(Files.readString(marker(keycloak))) : Optional.empty();
    }

    void forgetPassword(Path keycloak) throws IOException {
        Files.delete(marker(keycloak));
    }

    private Path template() {
        return store.resolve("template");
    }

    private static Path database(Path keycloak) {
        return keycloak.resolve("data/h2");
    }

    private static Path marker(Path keycloak) {
        return keycloak.resolve("data/template-password");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : List.copyOf(files.toList())) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
