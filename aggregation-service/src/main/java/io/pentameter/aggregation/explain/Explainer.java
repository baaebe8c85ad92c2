package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.cost.Keys;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.Adtributor;
import io.pentameter.statistics.attribution.CostChange;
import io.pentameter.statistics.attribution.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an explanation of what was read. */
final class Explainer {

    private static final String METHOD =
            "exact Shapley values over calls, mix, tokens per call and price; dimensions by Adtributor";
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final int DIGITS = 40;

    private final Question question;
    private final SqlChange.Found found;

    Explainer(Question question, SqlChange.Found found) {
        this.question = question;
        this.found = found;
    }

    Explanation of(Collection<SqlChange.ValueCost> values, @Nullable Instant visibleUntil) {
        Map<String, Usage> former = new LinkedHashMap<>();
        Map<String, Usage> later = new LinkedHashMap<>();
        found.uses().forEach((key, uses) -> {
            SqlChange.Pair<Traffic> traffic = traffic(key);
            former.put(key, uses.before().usage(traffic.before().calls()));
            later.put(key, uses.after().usage(traffic.after().calls()));
        });
        CostChange change = CostChange.of(former, later);
        List<Explanation.Item> items = new ArrayList<>();
        List<Explanation.Cause> causes = new ArrayList<>();
        Causes.ofWhole(found.whole()).forEach(cause -> causes.add(cause(cause, Map.of())));
        Rest rest = new Rest();
        change.byItem().forEach((key, effects) -> {
            if (items.size() < question.shown() && !key.equals(Keys.OTHER)) {
                items.add(item(names(key), traffic(key), effects));
                Causes.of(traffic(key), effects).forEach(cause -> causes.add(cause(cause, names(key))));
            } else {
                rest.add(traffic(key), effects);
            }
        });
        return new Explanation(
                side(
                        question.before().from(),
                        question.before().to(),
                        found.whole().before()),
                side(
                        question.after().from(),
                        question.after().to(),
                        found.whole().after()),
                Usd.text(change.after().subtract(change.before())),
                Explanation.Effects.of(change.total()),
                volume(change.total().volume()),
                items,
                rest.item(),
                ranked(values, change),
                causes,
                METHOD,
                question.basis(),
                visibleUntil);
    }

    private SqlChange.Pair<Traffic> traffic(String key) {
        return found.traffic().getOrDefault(key, new SqlChange.Pair<>(Traffic.NONE, Traffic.NONE));
    }

    private static Explanation.Item item(
            Map<String, @Nullable String> names, SqlChange.Pair<Traffic> traffic, CostChange.Effects effects) {
        long before = traffic.before().nano();
        long after = traffic.after().nano();
        return new Explanation.Item(
                names, Usd.text(before), Usd.text(after), Usd.text(after - before), Explanation.Effects.of(effects));
    }

    /** The items that are not shown, together. */
    private static final class Rest {
        private boolean isEmpty = true;
        private long before;
        private long after;
        private CostChange.Effects sum =
                new CostChange.Effects(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        void add(SqlChange.Pair<Traffic> traffic, CostChange.Effects effects) {
            isEmpty = false;
            before += traffic.before().nano();
            after += traffic.after().nano();
            sum = new CostChange.Effects(
                    sum.volume().add(effects.volume()),
                    sum.mix().add(effects.mix()),
                    sum.tokens().add(effects.tokens()),
                    sum.price().add(effects.price()));
        }

        Explanation.@Nullable Item item() {
            return isEmpty
                    ? null
                    : new Explanation.Item(
                            Map.of(),
                            Usd.text(before),
                            Usd.text(after),
                            Usd.text(after - before),
                            Explanation.Effects.of(sum));
        }
    }

    private static Explanation.Side side(Instant from, Instant to, Traffic traffic) {
        return new Explanation.Side(
                from,
                to,
                Usd.text(traffic.nano()),
                traffic.requests(),
                traffic.allCalls(),
                traffic.allCalls() == 0 ? null : traffic.coverage());
    }

    private static Explanation.Cause cause(Causes.Cause cause, Map<String, @Nullable String> item) {
        return new Explanation.Cause(
                cause.cause(), item, cause.before(), cause.after(), cause.effectUsd(), cause.sentence());
    }

    /** Calls are requests times calls per request: the Shapley values of the two, scaled to the effect of the calls. */
    private Explanation.@Nullable Volume volume(BigDecimal effect) {
        Traffic before = found.whole().before();
        Traffic after = found.whole().after();
        if (before.requests() == 0 || after.requests() == 0 || before.calls() == after.calls()) {
            return null;
        }
        BigDecimal perBefore = ratio(before.calls(), before.requests());
        BigDecimal perAfter = ratio(after.calls(), after.requests());
        BigDecimal ofRequests = BigDecimal.valueOf(after.requests() - before.requests())
                .multiply(perBefore.add(perAfter))
                .divide(TWO, DIGITS, RoundingMode.HALF_EVEN);
        BigDecimal requests = effect.multiply(ofRequests)
                .divide(BigDecimal.valueOf(after.calls() - before.calls()), Usd.SCALE, RoundingMode.HALF_EVEN);
        return new Explanation.Volume(Usd.text(requests), Usd.text(effect.subtract(requests)));
    }

    private static BigDecimal ratio(long part, long whole) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.HALF_EVEN);
    }

    private List<Explanation.Ranked> ranked(Collection<SqlChange.ValueCost> values, CostChange change) {
        Map<String, Map<String, Adtributor.Amounts>> dimensions = new LinkedHashMap<>();
        Map<String, Map<String, SqlChange.ValueCost>> costs = new LinkedHashMap<>();
        for (SqlChange.ValueCost value : values) {
            String word = question.ranked().get(value.dimension()).word();
            dimensions
                    .computeIfAbsent(word, _ -> new LinkedHashMap<>())
                    .put(value.value(), new Adtributor.Amounts(value.before() / 1e9, value.after() / 1e9));
            costs.computeIfAbsent(word, _ -> new LinkedHashMap<>()).put(value.value(), value);
        }
        dimensions.forEach((word, elements) -> {
            SqlChange.ValueCost rest = rest(costs.getOrDefault(word, Map.of()).values(), change);
            if (rest.before() > 0 || rest.after() > 0) {
                elements.put(Keys.OTHER, new Adtributor.Amounts(rest.before() / 1e9, rest.after() / 1e9));
                costs.getOrDefault(word, new LinkedHashMap<>()).put(Keys.OTHER, rest);
            }
        });
        return Adtributor.rank(dimensions).stream()
                .map(dimension -> new Explanation.Ranked(
                        dimension.name(),
                        dimension.basis().name().toLowerCase(Locale.ROOT),
                        dimension.power(),
                        dimension.surprise(),
                        dimension.candidates().stream()
                                .map(element -> element(element, costs.getOrDefault(dimension.name(), Map.of())))
                                .toList()))
                .toList();
    }

    private static SqlChange.ValueCost rest(Collection<SqlChange.ValueCost> shown, CostChange change) {
        long before = change.before().movePointRight(Usd.SCALE).longValueExact();
        long after = change.after().movePointRight(Usd.SCALE).longValueExact();
        for (SqlChange.ValueCost value : shown) {
            before -= value.before();
            after -= value.after();
        }
        return new SqlChange.ValueCost(0, Keys.OTHER, Math.max(0, before), Math.max(0, after));
    }

    private static Explanation.Element element(Adtributor.Element element, Map<String, SqlChange.ValueCost> costs) {
        SqlChange.ValueCost cost = costs.getOrDefault(element.name(), new SqlChange.ValueCost(0, element.name(), 0, 0));
        String shown = element.name().equals(Keys.OTHER) ? "(all others)" : element.name();
        return new Explanation.Element(
                shown.isEmpty() ? null : shown,
                Usd.text(cost.before()),
                Usd.text(cost.after()),
                element.power(),
                element.surprise());
    }

    private Map<String, @Nullable String> names(String key) {
        List<String> values = found.values().getOrDefault(key, List.of());
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            names.put(question.items().get(i).word(), values.get(i).isEmpty() ? null : values.get(i));
        }
        return names;
    }
}
