package io.pentameter.aggregation.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.aggregation.filter.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the API shows it.
 *
 * @param version grows with each change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PoolView(String id, long version, @JsonUnwrapped PoolBody terms, String changedBy, Instant changedAt) {

    static PoolView of(Pool pool) {
        return new PoolView(pool.id(), pool.version(), body(pool.terms()), pool.changedBy(), pool.changedAt());
    }

    /** The terms in the words of the API; numbers without the zeros that somebody typed behind them. */
    static PoolBody body(Pool.Terms terms) {
        return new PoolBody(
                terms.name(),
                terms.kind().name().toLowerCase(Locale.ROOT),
                plain(terms.amountUsd()),
                terms.period().name().toLowerCase(Locale.ROOT),
                terms.from().toString(),
                terms.to().map(LocalDate::toString).orElse(null),
                driver(terms.driver()),
                terms.target().map(Dimension::word).orElse(null),
                terms.then().word(),
                terms.capacity().map(PoolView::plain).orElse(null));
    }

    private static PoolBody.DriverBody driver(Driver driver) {
        return switch (driver) {
            case Driver.Metered(Meter meter) -> new PoolBody.DriverBody("metered", meter.word(), null);
            case Driver.Peak(Meter meter) -> new PoolBody.DriverBody("peak", meter.word(), null);
            case Driver.Fixed(SortedMap<String, BigDecimal> weights) -> {
                Map<String, @Nullable BigDecimal> plain = new LinkedHashMap<>();
                weights.forEach((element, weight) -> plain.put(element, plain(weight)));
                yield new PoolBody.DriverBody("fixed", null, plain);
            }
            case Driver.Idle _ -> new PoolBody.DriverBody("idle", null, null);
        };
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
