package io.pentameter.quality.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.quality.EnginesForTests;
import io.pentameter.quality.Spans;
import io.pentameter.quality.queue.PostgresSystemQueue.End;
import io.pentameter.quality.rating.Drawn;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Scores;
import io.pentameter.quality.store.PostgresTransactions;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue on a real database, in a far future where the service's own workers do not take from it. */
@QuarkusTest
@QuarkusTestResource(EnginesForTests.class)
class QueueTest {

    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final String one = "q1" + UUID.randomUUID().toString().substring(0, 8);
    private final String other = "q2" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    PostgresSystemQueue queue;

    @Inject
    PostgresTransactions transactions;

    @BeforeEach
    @AfterEach
    void leaveNothing() throws SQLException {
        try (Connection root = superuser();
                Statement statement = root.createStatement()) {
            statement.execute("delete from quality.judgement where state = 'open'");
        }
    }

    @Test
    void aTenantWithMuchToDoDoesNotHoldUpAnother() {
        queue.add(orders(one, 100), FUTURE);
        queue.add(orders(other, 3), FUTURE.plusSeconds(1));

        List<Taken> taken = queue.take(6, 10, FUTURE.plusSeconds(2), LEASE);

        assertThat(taken).filteredOn(t -> t.order().tenant().equals(other)).hasSize(3);
        assertThat(taken).filteredOn(t -> t.order().tenant().equals(one)).hasSize(3);
    }

    @Test
    void aTenantWhoseJudgeHangsKeepsOnlyItsShareOfTheWorkers() {
        queue.add(orders(one, 100), FUTURE);

        List<Taken> first = queue.take(8, 4, FUTURE, LEASE);
        List<Taken> second = queue.take(8, 4, FUTURE, LEASE);

        assertThat(first).hasSize(4);
        assertThat(second).isEmpty();
    }

    @Test
    void whatADeadWorkerHadIsTakenAgainAndGradedOnce() {
        queue.add(orders(one, 1), FUTURE);
        Taken dead = queue.take(1, 4, FUTURE, LEASE).getFirst();
        assertThat(queue.take(1, 4, FUTURE.plus(LEASE).minusSeconds(1), LEASE)).isEmpty();
        Taken second = queue.take(1, 4, FUTURE.plus(LEASE), LEASE).getFirst();

        boolean isSecondFirst = grade(second);
        boolean isDeadLate = grade(dead);

        assertThat(isSecondFirst).isTrue();
        assertThat(isDeadLate).isFalse();
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(queue.take(1, 4, FUTURE.plus(LEASE.multipliedBy(3)), LEASE)).isEmpty();
    }

    @Test
    void addingAgainChangesNothingButAHigherProbability() throws SQLException {
        List<Order> orders = orders(one, 5);
        queue.add(orders, FUTURE);
        queue.add(orders, FUTURE.plusSeconds(60));
        Order first = orders.getFirst();
        Drawn certain =
                new Drawn(1.0, List.of("baseline", "thumbs-down"), first.drawn().rv(), "v1");
        queue.add(List.of(new Order(first.id(), first.judgeId(), 1, certain, first.subject())), FUTURE);
        queue.add(orders, FUTURE);

        List<Taken> taken = queue.take(10, 10, FUTURE, LEASE);

        assertThat(taken).hasSize(5);
        assertThat(taken).filteredOn(t -> t.order().drawn().equals(certain)).hasSize(1);
        assertThat(taken)
                .filteredOn(t -> t.order().drawn().probability() == 0.5)
                .hasSize(4);
    }

    @Test
    void aJudgeThatIsToldToWaitIsLeftAloneAndTheOthersAreNot() {
        queue.add(orders(one, 5), FUTURE);
        queue.add(orders(other, 1), FUTURE);
        List<Taken> taken = queue.take(2, 1, FUTURE, LEASE);
        Taken limited = taken.stream()
                .filter(t -> t.order().tenant().equals(one))
                .findFirst()
                .orElseThrow();
        Instant until = FUTURE.plusSeconds(120);

        queue.putBack(limited, "rate_limited", 0, until, false);
        queue.holdBack(limited.order(), until);

        assertThat(queue.take(10, 10, FUTURE.plusSeconds(119), LEASE)).isEmpty();
        assertThat(queue.take(10, 10, until, LEASE)).hasSize(5).allMatch(t -> t.attempts() == 1);
    }

    @Test
    void theServicesRoleSeesNothingWithoutSayingWhoseItIs() throws SQLException {
        queue.add(orders(one, 1), FUTURE);
        try (Connection app = app();
                Statement statement = app.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select count(*) from quality.judgement"))
                    .hasMessageContaining("app.tenant");
        }
    }

    @Test
    void noTableIsWithoutForcedRowLevelSecurity() throws SQLException {
        try (Connection root = superuser();
                Statement statement = root.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'quality' and c.relkind = 'r' and c.relname <> 'flyway_schema_history'
                          and not (c.relrowsecurity and c.relforcerowsecurity
                                   and exists (select 1 from pg_policy p where p.polrelid = c.oid))
                        """)) {
            assertThat(rows.next()).as("a table without row-level security").isFalse();
        }
    }

    @Test
    void theServicesRoleCannotReachAnotherTenantsRows() throws SQLException {
        queue.add(orders(one, 3), FUTURE);
        try (Connection app = app();
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '" + other + "', true)");

            assertThat(count(statement, "select count(*) from quality.judgement"))
                    .isZero();
            assertThat(statement.executeUpdate("update quality.judgement set state = 'skipped'"))
                    .isZero();
            assertThat(statement.executeUpdate("delete from quality.judgement")).isZero();
            assertThatThrownBy(
                            () -> statement.execute("insert into quality.outbox (tenant, topic, key, value) values ('"
                                    + one + "','audit.v1','','')"))
                    .hasMessageContaining("row-level security");
            app.rollback();
        }
        try (Connection app = app();
                Statement statement = app.createStatement()) {
            assertThatThrownBy(() -> statement.execute("alter table quality.judgement disable row level security"))
                    .hasMessageContaining("must be owner");
            assertThatThrownBy(() -> statement.execute("set row_security = off; select * from quality.judgement"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aPooledConnectionDoesNotRememberTheLastTenant() {
        queue.add(orders(one, 3), FUTURE);
        for (int i = 0; i < 40; i++) {
            String tenant = i % 2 == 0 ? one : other;
            long seen = transactions.inTenant(
                    tenant,
                    connection -> connection
                            .query("select count(*) from judgement")
                            .execute()
                            .map(rows -> rows.iterator().next().getLong(0)));
            assertThat(seen).isEqualTo(i % 2 == 0 ? 3 : 0);
        }
    }

    private boolean grade(Taken taken) {
        Order order = taken.order();
        Scores.JudgeIdentity judge = new Scores.JudgeIdentity(order.id(), order.judgeId(), "helpfulness", "1");
        return queue.grade(
                taken, new End("graded", "", 5, FUTURE), (drawn, earlier) -> score(order, judge, drawn, earlier));
    }

    private static ScoreRecord score(Order order, Scores.JudgeIdentity judge, Drawn drawn, long earlier) {
        return Scores.ofJudge(order.subject(), judge, new Grade(1, true, "", "m"), drawn, earlier + 5, 0);
    }

    private static List<Order> orders(String tenant, int count) {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Drawn drawn = new Drawn(0.5, List.of("baseline"), "80000000000000", "v1");
            orders.add(new Order(
                    "sc_" + tenant + i,
                    "jdg_1",
                    1,
                    drawn,
                    Spans.answer(tenant, i, "Paris").build()));
        }
        return orders;
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection app() throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.app("quality"), postgres.password());
    }

    private static Connection superuser() throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), postgres.password());
    }
}
