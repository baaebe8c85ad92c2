package io.pentameter.alert.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the day, the week or the month will have cost. */
@Path("/api/v1/costs/forecast")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ForecastResource {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MAX_VALUE = 500;
    private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

    private final Callers callers;
    private final SpendSource source;
    private final InstantSource clock;

    ForecastResource(Callers callers, SpendSource source, InstantSource clock) {
        this.callers = callers;
        this.source = source;
        this.clock = clock;
    }

    /** 503 if the numbers cannot be had. */
    @GET
    public ForecastView forecast(
            @QueryParam("feature") @Nullable String feature,
            @QueryParam("customer") @Nullable String customer,
            @QueryParam("user") @Nullable String user,
            @QueryParam("key") @Nullable String key,
            @QueryParam("model") @Nullable String model,
            @QueryParam("provider") @Nullable String provider,
            @QueryParam("environment") @Nullable String environment,
            @QueryParam("period") @Nullable String period,
            @QueryParam("time_zone") @Nullable String timeZone,
            @QueryParam("budget_usd") @Nullable String budgetUsd) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Map<String, String> filters = new TreeMap<>();
        take(filters, "feature", feature);
        take(filters, "customer", customer);
        take(filters, "user", user);
        take(filters, "key", key);
        take(filters, "model", model);
        take(filters, "provider", provider);
        take(filters, "environment", environment);
        ZoneId zone = zone(timeZone);
        Period length = period(period);
        BigDecimal budget = budget(budgetUsd);
        try {
            return answer(tenant, filters, length, zone, budget);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the numbers cannot be had at the moment"), RETRY);
        }
    }

    private ForecastView answer(
            String tenant, Map<String, String> filters, Period length, ZoneId zone, @Nullable BigDecimal budget)
            throws IOException {
        Instant now = clock.instant();
        Period.Span span = length.around(now, zone);
        SpendAnswer answer = source.ask(new SpendQuestion(List.of(tenant), filters, null, span.start(), now, 1, null));
        SpendAnswer.Row row = answer.rows().stream()
                .findFirst()
                .orElse(new SpendAnswer.Row(tenant, "", BigDecimal.ZERO, 0, null, Map.of()));
        BigDecimal known = row.usd() == null ? BigDecimal.ZERO : row.usd();
        SpendDays days = new SpendHistory(source).read(tenant, filters, zone, now);
        Outlook outlook = Outlook.of(new Outlook.Facts(days, span, known, budget), tenant.hashCode());
        return new ForecastView(
                length.word(),
                span.first(),
                span.next().minusDays(1),
                zone.getId(),
                answer.visibleUntil(),
                row.usd() == null ? null : row.usd().toPlainString(),
                row.coverage(),
                budget == null ? null : budget.toPlainString(),
                OutlookView.of(outlook, days.today()));
    }

    private static void take(Map<String, String> filters, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isEmpty() || value.length() > MAX_VALUE || value.indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    name, "%s must have 1..%d characters, none of them NUL".formatted(name, MAX_VALUE));
        }
        filters.put(name, value);
    }

    private static Period period(@Nullable String given) {
        Optional<Period> period = given == null ? Optional.of(Period.MONTH) : Period.ofWord(given);
        return period.orElseThrow(
                () -> ProblemException.invalid("period", "period must be one of day, week, month: " + given));
    }

    private static ZoneId zone(@Nullable String given) {
        try {
            return ZoneId.of(given == null ? "Z" : given);
        } catch (DateTimeException _) {
            throw ProblemException.invalid(
                    "time_zone", "time_zone must be a zone of the tz database such as Europe/Berlin, or UTC: " + given);
        }
    }

    private static @Nullable BigDecimal budget(@Nullable String given) {
        if (given == null) {
            return null;
        }
        try {
            BigDecimal budget = given.length() > 30 ? BigDecimal.ZERO : new BigDecimal(given);
            if (budget.signum() > 0 && Math.abs((long) budget.scale()) <= 30 && budget.compareTo(MAX_AMOUNT) <= 0) {
                return budget;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw ProblemException.invalid(
                "budget_usd",
                "budget_usd must be a decimal above 0 and at most %s: %s".formatted(MAX_AMOUNT.toPlainString(), given));
    }

    /**
     * @param asOf     everything acknowledged before is in the numbers
     * @param spentUsd in the period so far, exactly; absent if something had to be priced and nothing could
     * @param coverage share of what should have a price that has one; absent if nothing should
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ForecastView(
            String period,
            LocalDate from,
            LocalDate to,
            @JsonProperty("time_zone") String timeZone,
            @JsonProperty("as_of") Instant asOf,
            @JsonProperty("spent_usd") @Nullable String spentUsd,
            @Nullable Double coverage,
            @JsonProperty("budget_usd") @Nullable String budgetUsd,
            @JsonUnwrapped OutlookView outlook) {}
}
