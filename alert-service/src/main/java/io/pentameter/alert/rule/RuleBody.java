package io.pentameter.alert.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the API and the database write it. What is absent has a default; {@link RuleReader} knows it.
 *
 * @param op        one of &gt; &gt;= &lt; &lt;=
 * @param fireAfter {@code for} in the API
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleBody(
        @Nullable String name,
        @Nullable String measure,
        @Nullable String op,
        @Nullable BigDecimal threshold,
        @Nullable BigDecimal resolveThreshold,
        @Nullable String window,
        @Nullable String interval,
        @Nullable List<@Nullable String> groupBy,
        @Nullable Integer groupLimit,
        @Nullable List<@Nullable FilterBody> filters,
        @Nullable String sampleOf,
        @Nullable Long minSample,
        @JsonProperty("for") @Nullable String fireAfter,
        @Nullable String keepFiring,
        @Nullable String staleAfter,
        @Nullable String severity,
        @Nullable String owner,
        @Nullable String runbook,
        @Nullable Boolean enabled,
        @Nullable List<@Nullable String> destinations) {

    /** A filter as the API writes it. */
    public record FilterBody(
            @Nullable String dimension,
            @Nullable String op,
            @Nullable String value) {}

    /** With every default written out. */
    public static RuleBody of(RuleDefinition definition) {
        Subject subject = definition.subject();
        Condition condition = definition.condition();
        Timing timing = definition.timing();
        return new RuleBody(
                definition.name(),
                condition.measure().word(),
                condition.comparison().sign(),
                condition.threshold(),
                condition.resolveThreshold(),
                subject.window().toString(),
                timing.interval().toString(),
                List.copyOf(subject.groupBy()),
                subject.groupLimit(),
                filters(subject.filters()),
                condition.sampleOf().word(),
                condition.minSample(),
                timing.fireAfter().toString(),
                timing.keepFiring().toString(),
                timing.staleAfter().toString(),
                definition.severity().word(),
                definition.owner(),
                definition.runbook(),
                definition.enabled(),
                List.copyOf(definition.destinations()));
    }

    private static List<@Nullable FilterBody> filters(List<Filter> filters) {
        List<@Nullable FilterBody> bodies = new ArrayList<>();
        filters.forEach(filter -> bodies.add(new FilterBody(filter.dimension(), filter.op(), filter.value())));
        return bodies;
    }
}
