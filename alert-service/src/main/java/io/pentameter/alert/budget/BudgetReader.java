package io.pentameter.alert.budget;

import io.pentameter.alert.rule.Faults;
import io.pentameter.alert.rule.Severity;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what a caller wrote into a budget, or says everything that is wrong with it. */
public final class BudgetReader {

    /** What a budget may speak of: dimensions of the metrics query. */
    public static final List<String> DIMENSIONS =
            List.of("feature", "customer", "user", "key", "model", "provider", "environment");

    static final String ALLOW = "allow";
    static final String BLOCK = "block";

    /** Most thresholds. */
    static final int MAX_THRESHOLDS = 10;

    private static final int MAX_NAME = 200;
    private static final int MAX_RUNBOOK = 4_000;
    private static final int MAX_VALUE = 500;
    private static final int MAX_SCALE = 9;
    private static final int MAX_DIGITS = 30;
    private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");
    private static final BigDecimal MAX_SHARE = BigDecimal.TEN;
    private static final BigDecimal MIN_SHARE = new BigDecimal("0.001");
    private static final List<BigDecimal> THRESHOLDS =
            Stream.of("0.5", "0.8", "1").map(BigDecimal::new).toList();

    private final Faults faults = new Faults();

    private BudgetReader() {}

    /** Either the budget or what is wrong. */
    public sealed interface Outcome {

        record Read(BudgetDefinition definition) implements Outcome {}

        /** @param faults one or more */
        record Refused(List<Fault> faults) implements Outcome {}
    }

    public static Outcome read(BudgetBody body) {
        BudgetReader reader = new BudgetReader();
        BudgetDefinition definition = reader.definition(body);
        List<Fault> found = reader.faults.found();
        return definition != null && found.isEmpty() ? new Outcome.Read(definition) : new Outcome.Refused(found);
    }

    private @Nullable BudgetDefinition definition(BudgetBody body) {
        String name = faults.text("name", body.name(), 1, MAX_NAME);
        Map<String, String> scope = scope(body.scope());
        String each = each(body.each(), scope);
        Period period = faults.word(
                "period",
                body.period(),
                Period::ofWord,
                Arrays.stream(Period.values()).map(Period::word).toList(),
                Period.MONTH);
        ZoneId zone = zone(body.timeZone());
        BigDecimal amount = amount(body.amountUsd());
        List<BigDecimal> thresholds = thresholds(body.thresholds());
        Policy policy = policy(body.policy());
        Severity severity = faults.word(
                "severity",
                body.severity(),
                Severity::ofWord,
                Arrays.stream(Severity.values()).map(Severity::word).toList(),
                Severity.WARNING);
        String owner = faults.text("owner", body.owner(), 0, MAX_NAME);
        String runbook = faults.text("runbook", body.runbook(), 0, MAX_RUNBOOK);
        List<String> destinations = faults.destinations(body.destinations());
        boolean projection = body.projection() == null ? each == null : body.projection();
        if (period == null || severity == null || amount == null || policy == null) {
            return null;
        }
        return new BudgetDefinition(
                name,
                scope,
                each,
                period,
                zone,
                amount,
                thresholds,
                projection,
                policy,
                severity,
                owner,
                runbook,
                body.enabled() == null || body.enabled(),
                destinations);
    }

    private Map<String, String> scope(@Nullable Map<String, @Nullable String> given) {
        Map<String, String> scope = new TreeMap<>();
        if (given != null) {
            given.forEach((dimension, value) -> {
                if (DIMENSIONS.contains(dimension)) {
                    scope.put(dimension, faults.text("scope/" + dimension, value, 1, MAX_VALUE));
                } else {
                    faults.add("scope", notADimension(dimension));
                }
            });
        }
        return scope;
    }

    private @Nullable String each(@Nullable String given, Map<String, String> scope) {
        if (given == null) {
            return null;
        }
        if (!DIMENSIONS.contains(given)) {
            faults.add("each", notADimension(given));
        } else if (scope.containsKey(given)) {
            faults.add("each", "each must not be a dimension of scope: " + given);
        }
        return given;
    }

    private static String notADimension(String given) {
        return "a dimension must be one of %s: %s".formatted(String.join(", ", DIMENSIONS), Faults.shortened(given));
    }

    private ZoneId zone(@Nullable String given) {
        if (given == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(given);
        } catch (DateTimeException _) {
            faults.add(
                    "time_zone",
                    "time_zone must be a zone of the tz database such as Europe/Berlin, or UTC: "
                            + Faults.shortened(given));
            return ZoneOffset.UTC;
        }
    }

    private @Nullable BigDecimal amount(@Nullable String given) {
        String allowed = "amount_usd must be a decimal above 0, at most %s, with at most %d places"
                .formatted(MAX_AMOUNT.toPlainString(), MAX_SCALE);
        if (given == null) {
            faults.add("amount_usd", "amount_usd is missing; " + allowed);
            return null;
        }
        BigDecimal amount = number(given);
        if (amount == null
                || amount.signum() <= 0
                || amount.compareTo(MAX_AMOUNT) > 0
                || amount.stripTrailingZeros().scale() > MAX_SCALE) {
            faults.add("amount_usd", allowed + ": " + Faults.shortened(given));
            return null;
        }
        return amount;
    }

    /** A huge exponent is refused before anything is done with it. */
    private static @Nullable BigDecimal number(String given) {
        try {
            BigDecimal number = given.length() > MAX_DIGITS ? null : new BigDecimal(given);
            return number == null || Math.abs((long) number.scale()) > MAX_DIGITS ? null : number;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private List<BigDecimal> thresholds(@Nullable List<@Nullable BigDecimal> given) {
        if (given == null) {
            return THRESHOLDS;
        }
        if (given.size() > MAX_THRESHOLDS) {
            faults.add(
                    "thresholds", "thresholds must have at most %d shares: %d".formatted(MAX_THRESHOLDS, given.size()));
            return THRESHOLDS;
        }
        TreeSet<BigDecimal> shares = new TreeSet<>(); // by value, so 0.5 and 0.50 are one
        for (int i = 0; i < given.size(); i++) {
            BigDecimal share = share("thresholds/" + i, given.get(i));
            if (share != null) {
                shares.add(share);
            } else if (given.get(i) == null) {
                faults.add("thresholds/" + i, "a threshold must be a share such as 0.8");
            }
        }
        return shares.stream()
                .map(share -> new BigDecimal(share.stripTrailingZeros().toPlainString()))
                .toList();
    }

    private @Nullable BigDecimal share(String field, @Nullable BigDecimal given) {
        if (given == null || faults.decimal(field, given) == null) {
            return null;
        }
        if (given.compareTo(MIN_SHARE) < 0 || given.compareTo(MAX_SHARE) > 0) {
            faults.add(
                    field,
                    "a share of the budget must be in %s..%s (1 is all of it): %s"
                            .formatted(MIN_SHARE, MAX_SHARE, given.toPlainString()));
            return null;
        }
        return given;
    }

    /** Without one, callers are warned from 80 % on, and nothing is ever blocked. */
    private @Nullable Policy policy(BudgetBody.@Nullable PolicyBody given) {
        if (given == null) {
            return new Policy(new BigDecimal("0.8"), null, null, null, true);
        }
        BigDecimal warnAt = share("policy/warn_at", given.warnAt());
        BigDecimal degradeAt = share("policy/degrade_at", given.degradeAt());
        BigDecimal blockAt = share("policy/block_at", given.blockAt());
        String degradeTo =
                given.degradeTo() == null ? null : faults.text("policy/degrade_to", given.degradeTo(), 1, MAX_VALUE);
        String whenStale = faults.word(
                "policy/when_stale",
                given.whenStale(),
                word -> List.of(ALLOW, BLOCK).contains(word) ? Optional.of(word) : Optional.empty(),
                List.of(ALLOW, BLOCK),
                ALLOW);
        if ((given.degradeAt() == null) != (given.degradeTo() == null)) {
            faults.add("policy", "degrade_at and degrade_to must be given together");
            return null;
        }
        if (degradeAt == null && given.degradeAt() != null) {
            return null;
        }
        return new Policy(warnAt, degradeAt, degradeTo, blockAt, ALLOW.equals(whenStale));
    }
}
