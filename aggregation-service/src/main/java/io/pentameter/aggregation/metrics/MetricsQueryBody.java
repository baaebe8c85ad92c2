package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.filter.FilterBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A metrics query as it is sent; nothing of it has been checked. */
record MetricsQueryBody(
        @Nullable List<@Nullable String> measures,
        @Nullable List<@Nullable String> groupBy,
        @Nullable List<@Nullable FilterBody> filters,
        @Nullable String from,
        @Nullable String to,
        @Nullable String interval,
        @Nullable String orderBy,
        @Nullable Long limit,
        @Nullable Boolean annotations,
        @Nullable String priceBasis) {}
