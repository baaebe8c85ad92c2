package io.pentameter.stack.engine;

import io.pentameter.stack.child.ClickHouseMain;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.HttpProbe;
import io.pentameter.stack.process.OwnedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The ClickHouse engine, serving its own HTTP protocol on the loopback address with one user, {@value #USER}, and one
 * database, {@value #DATABASE}.
 */
public final class ClickHouseEngine extends Component {

    public static final String USER = "app";
    public static final String DATABASE = "pentameter";

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    private final EngineStore store;
    private final Path directory;
    private final int port;
    private final String password;

    public ClickHouseEngine(EngineStore store, Path directory, Path log, int port, String password) {
        super("clickhouse", log);
        this.store = store;
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.password = password;
    }

    /** As in {@code http://127.0.0.1:4312}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String password() {
        return password;
    }

    /**
     * Runs one statement as {@value #USER} and returns what the engine answers.
     *
     * @throws IllegalStateException with the engine's own words, if it refuses
     */
    public String execute(String statement) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request(statement), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the ClickHouse engine refused a statement: " + response.body());
            }
            return response.body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    protected OwnedProcess launch() {
        Path settings = directory.resolve("config.xml");
        String stopPassword = randomPassword();
        try {
            Files.createDirectories(directory.resolve("data"));
            Files.writeString(
                    directory.resolve("users.xml"), ClickHouseSettings.users(sha256(password), sha256(stopPassword)));
            Files.writeString(settings, ClickHouseSettings.server(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new JavaCommand(store.childJar())
                .options("-Xms16m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .options("--enable-native-access=ALL-UNNAMED")
                .main(
                        ClickHouseMain.class.getName(),
                        store.folder(EngineName.CLICKHOUSE)
                                .resolve("libchdb.so")
                                .toString(),
                        directory.resolve("data").toString(),
                        settings.toString(),
                        String.valueOf(port));
        return OwnedProcess.start(
                command, Map.of("TZ", "UTC", ClickHouseMain.STOP_PASSWORD, stopPassword), directory, log());
    }

    @Override
    protected boolean isReady() {
        return HttpProbe.serves(URI.create(url() + "/ping"));
    }

    @Override
    protected void onReady() {
        execute("CREATE DATABASE IF NOT EXISTS " + DATABASE + " ENGINE = Atomic");
    }

    private HttpRequest request(String statement) {
        return HttpRequest.newBuilder(URI.create(url() + "/"))
                .header("X-ClickHouse-User", USER)
                .header("X-ClickHouse-Key", password)
                .timeout(REQUEST_LIMIT)
                .POST(BodyPublishers.ofString(statement))
                .build();
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
