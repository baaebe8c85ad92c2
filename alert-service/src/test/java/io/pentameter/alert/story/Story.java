package io.pentameter.alert.story;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.pentameter.kit.token.TokenVerifier;
import io.pentameter.stack.testing.SharedEngines;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the stories share: callers of two tenants, the numbers, and the database as its superuser sees it. */
public final class Story {

    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final Aggregation AGGREGATION = new Aggregation(
            Integer.parseInt(setting("test.aggregation.port")), verifier(), wholeSecond(Duration.ofHours(2)));

    private Story() {}

    static Aggregation aggregation() {
        return AGGREGATION;
    }

    public static String newTenant() {
        return "tenant-" + TENANTS.incrementAndGet();
    }

    static RequestSpecification as(String tenant, Scope... scopes) {
        TokenSigner gateway = TokenSigner.fromFile(Path.of(setting("test.gateway-key")), Clock.systemUTC());
        String token = gateway.sign(
                new Caller("gateway", "key_" + tenant, tenant, Set.of(scopes), Set.of(), "key_" + tenant, "a key"));
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    public static ValidatableResponse post(String tenant, String path, Object body) {
        return as(tenant, Scope.ADMIN, Scope.READ).body(body).post(path).then();
    }

    public static ValidatableResponse get(String tenant, String path) {
        return as(tenant, Scope.READ).get(path).then();
    }

    static String newWebhook(String tenant, Receiver receiver) {
        return post(tenant, "/api/v1/destinations", Map.of("name", "ops", "kind", "webhook", "url", receiver.url()))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A rule on the error rate that fires at once and is looked at every second. */
    static Map<String, Object> errorRule() {
        Map<String, Object> rule = new HashMap<>();
        rule.put("name", "Errors");
        rule.put("measure", "error_rate");
        rule.put("op", ">");
        rule.put("threshold", 0.01);
        rule.put("interval", "PT1S");
        rule.put("minSample", 10);
        rule.put("keepFiring", "PT0S");
        rule.put("severity", "critical");
        rule.put("owner", "on-call");
        rule.put("runbook", "Look at the newest failed traces.");
        return rule;
    }

    static String newRule(String tenant, Map<String, Object> rule) {
        return post(tenant, "/api/v1/rules", rule).statusCode(201).extract().path("id");
    }

    /** Lets the numbers' own time go on, and waits until the rule was looked at as of then. */
    static void pass(Duration time, String tenant, String ruleId) {
        Instant until = AGGREGATION.visibleUntil().plus(time);
        AGGREGATION.visibleUntil(until);
        eventually(() -> {
            String seen = get(tenant, "/api/v1/rules/" + ruleId).extract().path("evaluatedUntil");
            return seen != null && !Instant.parse(seen).isBefore(until);
        });
    }

    static void eventually(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
    }

    static void sql(String statement) {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        try (Connection connection = connect(postgres.superuser());
                var prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static long count(String query) {
        try (Connection connection = connect(SharedEngines.postgres().superuser());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Connection connect(String user) throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), user, postgres.password());
    }

    private static Instant wholeSecond(Duration ago) {
        return Clock.systemUTC().instant().minus(ago).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static TokenVerifier verifier() {
        try {
            return TokenVerifier.of(Files.readString(Path.of(setting("pentameter.token.jwks"))), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
