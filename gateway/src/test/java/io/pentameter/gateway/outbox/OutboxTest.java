package io.pentameter.gateway.outbox;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Sql;
import io.pentameter.gateway.testing.TopicReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class OutboxTest {

    /** As {@code OutboxJob} has it. */
    private static final long LOCK = 0x70656e74_6f757462L;

    @Test
    void whatACrashLeftBetweenCommitAndPublishIsPublishedLater() throws SQLException {
        Gateway.Home home = Gateway.home();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(waiting(home)).isZero());

        try (Connection publisherGone = Sql.asApp();
                Statement statement = publisherGone.createStatement()) {
            // whoever holds the lock is the publisher; this one does nothing, like one that was killed after the commit
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (ResultSet rows = statement.executeQuery("select pg_try_advisory_lock(%d)".formatted(LOCK))) {
                    return rows.next() && rows.getBoolean(1);
                }
            });
            expect(200, call("PUT", "/api/v1/settings/profile", home.admin(), Map.of("payloadMode", "metadata_only")));
            assertThat(waiting(home)).isEqualTo(2);
            assertThat(profiles(home, false))
                    .extracting(TenantConfigRecord::getVersion)
                    .containsExactly(1L);
        }

        assertThat(profiles(home, true).getLast().getProfile().getPayloadMode()).isEqualTo("metadata_only");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(waiting(home)).isZero());
    }

    @Test
    void aCrashBetweenPublishAndDeletePublishesAgainAndLosesNothing() throws SQLException {
        Gateway.Home home = Gateway.home();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(waiting(home)).isZero());
        TenantConfigRecord left = profiles(home, false).getFirst();

        // the row is still there although the broker has the record
        try (Connection connection = Sql.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute("set app.scope = 'system'");
            statement.execute(
                    """
                    insert into gateway.outbox (tenant, topic, record_key, record, created_at)
                    values ('%s', 'tenant-config.v1', '\\x00', '\\x%s', now())
                    """.formatted(home.tenant(), java.util.HexFormat.of().formatHex(left.toByteArray())));
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(waiting(home)).isZero());
        assertThat(profiles(home, false)).isEqualTo(List.of(left, left));
    }

    private static List<TenantConfigRecord> profiles(Gateway.Home home, boolean awaitsTwo) {
        return awaitsTwo
                ? TopicReader.await(
                        Topics.TENANT_CONFIG,
                        TenantConfigRecord.parser(),
                        each -> each.getTenant().equals(home.tenant()),
                        2)
                : TopicReader.now(
                        Topics.TENANT_CONFIG,
                        TenantConfigRecord.parser(),
                        each -> each.getTenant().equals(home.tenant()));
    }

    private static int waiting(Gateway.Home home) throws SQLException {
        try (Connection connection = Sql.asApp();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '%s', true)".formatted(home.tenant()));
            try (ResultSet rows = statement.executeQuery("select count(*) from gateway.outbox")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
