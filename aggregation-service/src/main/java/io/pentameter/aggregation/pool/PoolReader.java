package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes terms of what is sent, or says for each part what is wrong with it and what is allowed. Used once. */
final class PoolReader {

    private static final int MAX_NAME = 200;
    private static final int MAX_WEIGHTS = 1_000;
    private static final int MAX_ELEMENT = 1_000;
    private static final List<String> DRIVERS = List.of("metered", "peak", "fixed", "idle");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    private final String at;
    private final List<Fault> faults;
    private final int before;

    /**
     * @param at     pointer to the pool, empty if the body is one
     * @param faults takes what is wrong
     */
    PoolReader(String at, List<Fault> faults) {
        this.at = at;
        this.faults = faults;
        before = faults.size();
    }

    /** Empty if something is wrong; it is among the faults then. */
    Optional<Pool.Terms> read(PoolBody body) {
        String name = body.name() == null ? "" : body.name().strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            fault("/name", "must have 1 to %d characters".formatted(MAX_NAME));
        }
        Pool.Kind kind = word("/kind", body.kind(), Pool.Kind.values(), Pool.Kind.OTHER);
        Pool.Period period = word("/period", body.period(), Pool.Period.values(), Pool.Period.DAY);
        BigDecimal amount = notNegative("/amountUsd", body.amountUsd(), Usd.SCALE);
        LocalDate from = day("/from", body.from()).orElse(FIRST_DAY);
        Optional<LocalDate> to = body.to() == null ? Optional.empty() : day("/to", body.to());
        if (to.isPresent() && !to.get().isAfter(from)) {
            fault("/to", "must be after from, it is the day after the last: %s to %s".formatted(from, to.get()));
        }
        Driver driver = driver(body.driver(), kind);
        Optional<Dimension> target = Optional.ofNullable(body.target()).flatMap(this::dimension);
        if (driver instanceof Driver.Fixed && body.target() == null) {
            fault("/target", "is required with fixed weights: it says what their names are names of");
        }
        Pool.Terms terms = new Pool.Terms(
                name, kind, amount, period, from, to, driver, target, then(body, driver), capacity(body, driver));
        return faults.size() > before ? Optional.empty() : Optional.of(terms);
    }

    private Driver driver(PoolBody.@Nullable DriverBody body, Pool.Kind kind) {
        if (body == null) {
            if (kind != Pool.Kind.IDLE_CAPACITY) {
                fault("/driver", "is required for every kind but idle_capacity");
            }
            return new Driver.Idle();
        }
        String word = body.kind() == null ? "" : body.kind();
        return switch (word) {
            case "metered" -> new Driver.Metered(meter("/driver/measure", body.measure()));
            case "peak" -> new Driver.Peak(meter("/driver/measure", body.measure()));
            case "fixed" -> new Driver.Fixed(weights(body.weights()));
            case "idle" -> new Driver.Idle();
            default -> {
                fault("/driver/kind", "must be one of %s: '%s'".formatted(DRIVERS, word));
                yield new Driver.Idle();
            }
        };
    }

    private SortedMap<String, BigDecimal> weights(@Nullable Map<String, @Nullable BigDecimal> sent) {
        SortedMap<String, BigDecimal> weights = new TreeMap<>();
        if (sent == null || sent.isEmpty() || sent.size() > MAX_WEIGHTS) {
            fault(
                    "/driver/weights",
                    "must name 1 to %d elements: %d".formatted(MAX_WEIGHTS, sent == null ? 0 : sent.size()));
            return weights;
        }
        sent.forEach((element, weight) ->
                weights.put(element, notNegative("/driver/weights/" + element, weight, Usd.SCALE)));
        if (weights.keySet().stream().anyMatch(element -> element.length() > MAX_ELEMENT)) {
            fault("/driver/weights", "no name may have more than %d characters".formatted(MAX_ELEMENT));
        }
        if (weights.values().stream().allMatch(weight -> weight.signum() == 0)) {
            fault("/driver/weights", "must have at least one above 0");
        }
        return weights;
    }

    private Meter then(PoolBody body, Driver driver) {
        if (body.then() != null) {
            return meter("/then", body.then());
        }
        return driver instanceof Driver.Metered(Meter meter) ? meter : Meter.REQUESTS;
    }

    private Optional<BigDecimal> capacity(PoolBody body, Driver driver) {
        if (body.capacity() == null) {
            return Optional.empty();
        }
        Optional<Meter> meter = switch (driver) {
            case Driver.Metered(Meter measured) -> Optional.of(measured);
            case Driver.Peak(Meter measured) -> Optional.of(measured);
            case Driver.Fixed _, Driver.Idle _ -> Optional.empty();
        };
        if (meter.isEmpty()) {
            fault("/capacity", "needs a driver that is metered or a peak");
            return Optional.empty();
        }
        BigDecimal capacity = notNegative("/capacity", body.capacity(), Usd.SCALE);
        if (capacity.signum() == 0) {
            fault("/capacity", "must be above 0: leave it out if there is none to speak of");
        }
        return Optional.of(capacity);
    }

    private Meter meter(String field, @Nullable String word) {
        return Meter.of(word == null ? "" : word).orElseGet(() -> {
            fault(field, "must be one of %s: '%s'".formatted(Meter.words(), word == null ? "" : word));
            return Meter.REQUESTS;
        });
    }

    private Optional<Dimension> dimension(String word) {
        Optional<Dimension> dimension = Dimension.of(word);
        if (dimension.isEmpty()) {
            fault("/target", "is not known: '%s'; known are %s".formatted(word, Dimension.words()));
        }
        return dimension;
    }

    private <E extends Enum<E>> E word(String field, @Nullable String word, E[] allowed, E otherwise) {
        List<String> words = Arrays.stream(allowed)
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = word == null ? -1 : words.indexOf(word);
        if (index < 0) {
            fault(field, "must be one of %s: '%s'".formatted(words, word == null ? "" : word));
            return otherwise;
        }
        return allowed[index];
    }

    private BigDecimal notNegative(String field, @Nullable BigDecimal value, int scale) {
        if (value == null) {
            fault(field, "is required: a decimal number, 0 or more");
            return BigDecimal.ZERO;
        }
        Optional<String> fault = Usd.faultOf(value);
        if (fault.isPresent()) {
            fault(field, fault.get());
            return BigDecimal.ZERO;
        }
        if (value.signum() < 0) {
            fault(field, "must be 0 or more: " + value.toPlainString());
            return BigDecimal.ZERO;
        }
        if (value.stripTrailingZeros().scale() > scale) {
            fault(field, "must have at most %d digits after the point: %s".formatted(scale, value.toPlainString()));
            return BigDecimal.ZERO;
        }
        return value;
    }

    private Optional<LocalDate> day(String field, @Nullable String text) {
        try {
            LocalDate day = LocalDate.parse(text == null ? "" : text);
            if (!day.isBefore(FIRST_DAY) && day.isBefore(LAST_DAY)) {
                return Optional.of(day);
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        fault(field, "must be a day from 2000 to 2199 such as 2026-11-01: '%s'".formatted(text == null ? "" : text));
        return Optional.empty();
    }

    private void fault(String field, String detail) {
        faults.add(new Fault(at + field, detail));
    }
}
