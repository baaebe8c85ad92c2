package io.pentameter.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.store.PostgresLease;
import io.pentameter.alert.store.SystemTransactions;
import io.pentameter.alert.story.Engines;
import io.pentameter.alert.story.Story;
import io.pentameter.alert.watch.PostgresBudgetBook.Reading;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of projections, on the real database. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class ProjectionAlertsTest {

    @Inject
    SystemTransactions transactions;

    @Inject
    PostgresBudgets budgets;

    @Inject
    PostgresBudgetBook book;

    @Inject
    PostgresLease lease;

    @Inject
    InstantSource clock;

    @Test
    void eachValueIsHeldAgainstItsOwnLineAndFiresAtTheSecondLook() {
        String tenant = Story.newTenant();
        Budget budget = created(tenant);
        Instant at = clock.instant();
        Period.Span day = Period.DAY.around(at, ZoneOffset.UTC);
        List<Reading> readings = List.of(
                reading(day, "calm", "50", "60"),
                reading(day, "wild", "240", "34"),
                reading(day, "large", "900", "950"));

        look(budget, readings, at);
        assertThat((List<?>) Story.get(tenant, "/api/v1/alerts?state=firing")
                        .extract()
                        .path("data"))
                .as("once is no evidence")
                .isEmpty();
        look(budget, readings, at.plus(Duration.ofMinutes(16)));

        var firing = Story.get(tenant, "/api/v1/alerts?state=firing").extract().jsonPath();
        assertThat(firing.getList("data.ruleId")).containsExactly(budget.id() + "/projection");
        assertThat(firing.getString("data[0].group.customer")).isEqualTo("wild");
        assertThat(new BigDecimal(firing.getString("data[0].threshold"))).isEqualByComparingTo("34");
        assertThat(new BigDecimal(firing.getString("data[0].value"))).isEqualByComparingTo("240");

        look(budget, List.of(reading(day, "calm", "50", "60")), at.plus(Duration.ofMinutes(32)));
        assertThat((List<?>) Story.get(tenant, "/api/v1/alerts?state=firing")
                        .extract()
                        .path("data"))
                .as("no reading is no evidence that it is over")
                .hasSize(1);
        look(budget, List.of(reading(day, "wild", "30", "34")), at.plus(Duration.ofMinutes(48)));
        look(budget, List.of(reading(day, "wild", "30", "34")), at.plus(Duration.ofMinutes(64)));
        assertThat((List<?>) Story.get(tenant, "/api/v1/alerts?state=firing")
                        .extract()
                        .path("data"))
                .isEmpty();
    }

    private static Reading reading(Period.Span day, String value, String amount, String line) {
        return new Reading(day, value, new BigDecimal(amount), new BigDecimal(line));
    }

    private void look(Budget budget, List<Reading> readings, Instant at) {
        Boolean isWritten = transactions.run(transaction -> {
            long term = lease.take(transaction, PostgresBudgetBook.LEASE, clock.instant(), Duration.ofMinutes(1))
                    .orElseThrow();
            return book.projection(transaction, budget, readings, at, term);
        });
        assertThat(isWritten).isTrue();
    }

    private Budget created(String tenant) {
        String id = Story.post(
                        tenant,
                        "/api/v1/budgets",
                        Map.of(
                                "name", "Each customer",
                                "amount_usd", "100",
                                "each", "customer",
                                "projection", true))
                .statusCode(201)
                .extract()
                .path("id");
        return transactions.run(transaction -> budgets.find(transaction, id)).orElseThrow();
    }
}
