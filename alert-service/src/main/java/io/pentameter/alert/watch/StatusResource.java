package io.pentameter.alert.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.PostgresBudgets;
import io.pentameter.alert.forecast.Outlook;
import io.pentameter.alert.forecast.OutlookView;
import io.pentameter.alert.forecast.SpendDays;
import io.pentameter.alert.forecast.SpendHistory;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a budget stands now, and how it will end. */
@Path("/api/v1/budgets/{id}/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class StatusResource {

    /** Values shown of a budget for each of them. */
    private static final int MAX_SHOWN = 100;

    private static final int SHARE_PLACES = 6;
    private static final int MAX_VALUE = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresBudgets budgets;
    private final SpendSource source;
    private final InstantSource clock;

    StatusResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresBudgets budgets,
            SpendSource source,
            InstantSource clock) {
        this.callers = callers;
        this.transactions = transactions;
        this.budgets = budgets;
        this.source = source;
        this.clock = clock;
    }

    /**
     * 503 if the numbers cannot be had.
     *
     * @param value of the dimension, for a budget for each; absent: those that spent most
     */
    @GET
    public StatusView status(String id, @QueryParam("value") @Nullable String value) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Budget budget = transactions.asTenant(
                tenant,
                transaction -> budgets.find(transaction, id.replace('\0', ' '))
                        .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no budget " + id)));
        String each = budget.definition().each();
        if (value != null && (each == null || value.isEmpty() || value.length() > MAX_VALUE)) {
            throw ProblemException.invalid(
                    "value",
                    each == null
                            ? "value is only for a budget that has each"
                            : "value must have 1..%d characters".formatted(MAX_VALUE));
        }
        try {
            return each != null && value == null ? all(budget, each) : one(budget, value);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the numbers cannot be had at the moment"), RETRY);
        }
    }

    private StatusView all(Budget budget, String each) throws IOException {
        Instant now = clock.instant();
        Period.Span span =
                budget.definition().period().around(now, budget.definition().zone());
        SpendAnswer answer = source.ask(new SpendQuestion(
                List.of(budget.tenant()), budget.definition().scope(), each, span.start(), now, MAX_SHOWN, null));
        List<StandingView> groups = answer.rows().stream()
                .filter(row -> !row.value().isEmpty())
                .map(row -> StandingView.of(budget.definition(), row))
                .toList();
        return StatusView.of(budget, span, answer.visibleUntil(), null, groups, null);
    }

    private StatusView one(Budget budget, @Nullable String value) throws IOException {
        BudgetDefinition definition = budget.definition();
        Map<String, String> filters = new TreeMap<>(definition.scope());
        if (definition.each() != null && value != null) {
            filters.put(definition.each(), value.replace('\0', ' '));
        }
        Instant now = clock.instant();
        Period.Span span = definition.period().around(now, definition.zone());
        SpendAnswer answer =
                source.ask(new SpendQuestion(List.of(budget.tenant()), filters, null, span.start(), now, 1, null));
        SpendAnswer.Row row = answer.rows().stream()
                .findFirst()
                .orElse(new SpendAnswer.Row(budget.tenant(), "", BigDecimal.ZERO, 0, null, Map.of()));
        SpendDays days = new SpendHistory(source).read(budget.tenant(), filters, definition.zone(), now);
        BigDecimal known = row.usd() == null ? BigDecimal.ZERO : row.usd();
        Outlook outlook = Outlook.of(
                new Outlook.Facts(days, span, known, definition.amount()),
                budget.id().hashCode());
        return StatusView.of(
                budget,
                span,
                answer.visibleUntil(),
                StandingView.of(definition, row),
                null,
                OutlookView.of(outlook, days.today()));
    }

    /**
     * @param start    of the period
     * @param end      the moment after its last
     * @param asOf     everything acknowledged before is in the numbers
     * @param standing absent of a budget for each value, unless one was asked for
     * @param groups   of a budget for each value, those that spent most first
     * @param forecast absent with {@code groups}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusView(
            String budget,
            String period,
            Instant start,
            Instant end,
            @JsonProperty("as_of") Instant asOf,
            @Nullable StandingView standing,
            @Nullable List<StandingView> groups,
            @Nullable OutlookView forecast) {

        static StatusView of(
                Budget budget,
                Period.Span span,
                Instant asOf,
                @Nullable StandingView standing,
                @Nullable List<StandingView> groups,
                @Nullable OutlookView forecast) {
            return new StatusView(budget.id(), span.word(), span.start(), span.end(), asOf, standing, groups, forecast);
        }
    }

    /**
     * @param value     of the dimension of a budget for each; absent otherwise
     * @param spentUsd  exactly, of what has a price; absent if something had to be priced and nothing could
     * @param coverage  share of what should have a price that has one, 0 to 1; absent if nothing should
     * @param reached   thresholds, as shares
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StandingView(
            @Nullable String value,
            @JsonProperty("spent_usd") @Nullable String spentUsd,
            @JsonProperty("limit_usd") String limitUsd,
            @JsonProperty("remaining_usd") @Nullable String remainingUsd,
            @Nullable BigDecimal share,
            @Nullable Double coverage,
            @JsonProperty("model_calls") long modelCalls,
            List<BigDecimal> reached) {

        static StandingView of(BudgetDefinition definition, SpendAnswer.Row row) {
            BigDecimal usd = row.usd();
            BigDecimal amount = definition.amount();
            return new StandingView(
                    row.value().isEmpty() ? null : row.value(),
                    usd == null ? null : usd.toPlainString(),
                    amount.stripTrailingZeros().toPlainString(),
                    usd == null
                            ? null
                            : amount.subtract(usd).max(BigDecimal.ZERO).toPlainString(),
                    usd == null ? null : usd.divide(amount, SHARE_PLACES, RoundingMode.HALF_EVEN),
                    row.coverage(),
                    row.calls(),
                    usd == null
                            ? List.of()
                            : definition.thresholds().stream()
                                    .filter(share -> usd.compareTo(amount.multiply(share)) >= 0)
                                    .toList());
        }
    }
}
