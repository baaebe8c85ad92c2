package io.pentameter.aggregation.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.pentameter.aggregation.money.DecimalText;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool as it is sent, stored and shown; nothing of it has been checked.
 *
 * @param amountUsd decimal text or number
 * @param period    day or month
 * @param from      a day such as 2026-11-01
 * @param target    word of a dimension
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PoolBody(
        @Nullable String name,
        @Nullable String kind,
        @JsonSerialize(using = DecimalText.class) @Nullable BigDecimal amountUsd,
        @Nullable String period,
        @Nullable String from,
        @Nullable String to,
        @Nullable DriverBody driver,
        @Nullable String target,
        @Nullable String then,
        @JsonSerialize(using = DecimalText.class) @Nullable BigDecimal capacity) {

    /**
     * A driver as it is sent.
     *
     * @param kind    metered, peak, fixed or idle
     * @param measure of metered and peak
     * @param weights of fixed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DriverBody(
            @Nullable String kind,
            @Nullable String measure,

            @JsonSerialize(contentUsing = DecimalText.class) @Nullable
            Map<String, @Nullable BigDecimal> weights) {}
}
