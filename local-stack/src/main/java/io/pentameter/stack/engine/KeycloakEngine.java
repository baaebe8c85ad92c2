package io.pentameter.stack.engine;

import io.pentameter.stack.engine.JavaCommand.Aot;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.HttpProbe;
import io.pentameter.stack.process.OwnedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keycloak with its own small database; the administrator {@value #ADMIN} is made at the first start on a directory. */
public final class KeycloakEngine extends Component {

    public static final String ADMIN = "stack-admin";

    /** Of use to the very Java that wrote it only. */
    static final String AOT_CACHE = "keycloak-" + Runtime.version() + ".aot";

    private static final String TOKEN = "access_token";

    private final EngineStore store;
    private final Path directory;
    private final int port;
    private final int managementPort;
    private final String adminPassword;
    private final Aot aot;

    public KeycloakEngine(
            EngineStore store, Path directory, Path log, int port, int managementPort, String adminPassword) {
        this(store, directory, log, new PortPair(port, managementPort), adminPassword, Aot.USE);
    }

    KeycloakEngine(EngineStore store, Path directory, Path log, PortPair ports, String adminPassword, Aot aot) {
        super("keycloak", log);
        this.store = store;
        this.directory = directory.toAbsolutePath();
        this.port = ports.http();
        this.managementPort = ports.management();
        this.adminPassword = adminPassword;
        this.aot = aot;
    }

    /** Where it serves people and where it tells its health. */
    record PortPair(int http, int management) {}

    /** As in {@code http://127.0.0.1:4314}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String adminPassword() {
        return adminPassword;
    }

    @Override
    protected OwnedProcess launch() {
        Path home = store.folder(EngineName.KEYCLOAK);
        try {
            KeycloakHome.link(home, directory);
            if (aot == Aot.USE) {
                new KeycloakTemplate(home).apply(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = KeycloakHome.java(store.childJar(), home, directory)
                .aotCache(home.resolve(aot == Aot.USE ? AOT_CACHE : AOT_CACHE + ".partial"), aot)
                .main(
                        "io.pentameter.stack.child.JavaMain",
                        KeycloakHome.MAIN,
                        "start",
                        "--optimized",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + managementPort,
                        "--hostname=" + url(),
                        "--cache=local",
                        "--log-level=warn,org.keycloak.quarkus:info");
        Map<String, String> environment =
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword, "TZ", "UTC");
        return OwnedProcess.start(command, environment, directory, log());
    }

    /** The port listens long before the first start is through, and answers 503 until then. */
    @Override
    protected boolean isReady() {
        return HttpProbe.serves(URI.create(url() + "/realms/master/.well-known/openid-configuration"));
    }

    @Override
    protected void onReady() {
        KeycloakTemplate template = new KeycloakTemplate(store.path(EngineName.KEYCLOAK));
        try {
            Optional<String> old = template.passwordOf(directory);
            if (old.isEmpty()) {
                return;
            }
            if (adminToken(adminPassword).status() == 200) {
                template.forgetPassword(directory);
            } else {
                changePassword(old.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token of the administrator. */
    public String adminToken() {
        return adminToken(adminPassword)
                .expect("logging in to Keycloak as " + ADMIN, 200)
                .path(TOKEN)
                .asText();
    }

    private JsonApi.Answer adminToken(String password) {
        try (JsonApi api = JsonApi.open(url())) {
            return api.form(
                    "/realms/master/protocol/openid-connect/token",
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            ADMIN,
                            "password",
                            password));
        }
    }

    /**
     * Keycloak answers before its database has written the change, so a crash right after may undo it. The template's
     * password is therefore forgotten only by a later start that finds the change kept.
     */
    private void changePassword(String old) {
        String token = adminToken(old)
                .expect("logging in to Keycloak as " + ADMIN + " of the template", 200)
                .path(TOKEN)
                .asText();
        try (JsonApi api = JsonApi.withToken(url(), token)) {
            String id = api.get("/admin/realms/master/users?exact=true&username=" + ADMIN)
                    .expect("looking for " + ADMIN, 200)
                    .path(0)
                    .path("id")
                    .asText();
            api.put(
                            "/admin/realms/master/users/" + id + "/reset-password",
                            Map.of("type", "password", "value", adminPassword, "temporary", false))
                    .expect("setting the password of " + ADMIN, 204);
        }
    }

    @Override
    protected Duration startLimit() {
        return Duration.ofMinutes(4);
    }

    @Override
    protected Duration stopLimit() {
        return aot == Aot.USE ? Duration.ofSeconds(20) : Duration.ofMinutes(5);
    }
}
