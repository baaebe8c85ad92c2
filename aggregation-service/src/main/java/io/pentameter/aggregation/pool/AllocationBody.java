package io.pentameter.aggregation.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question for allocated costs as it is sent; nothing of it has been checked.
 *
 * @param from  first day in UTC, such as 2026-11-01
 * @param to    the day after the last
 * @param by    words of one or two dimensions
 * @param pools ids of the pools to allocate; absent for all, empty for none
 * @param limit most rows; the rest is one row
 * @param format {@code json}, or absent; {@code csv} for a file of all rows
 * @param priceBasis of the direct costs, and of drivers that measure cost; absent: as priced now
 */
record AllocationBody(
        @Nullable String from,
        @Nullable String to,
        @Nullable List<@Nullable String> by,
        @Nullable List<@Nullable String> pools,
        @Nullable Long limit,
        @Nullable String format,
        @Nullable String priceBasis) {}
