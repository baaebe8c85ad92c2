package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The columns that a query groups by: {@code gt} the tenant if asked for, {@code g0}, {@code g1} ... the dimensions, {@code
 * at} the point in seconds.
 */
record Grouping(String tenantColumn, List<Dimension> dimensions, Optional<Duration> interval) {

    Grouping {
        dimensions = List.copyOf(dimensions);
    }

    /** Names of the columns that tell the series. */
    List<String> series() {
        List<String> names = new ArrayList<>();
        if (!tenantColumn.isEmpty()) {
            names.add("gt");
        }
        IntStream.range(0, dimensions.size()).forEach(i -> names.add("g" + i));
        return names;
    }

    /** Names of all columns. */
    List<String> names() {
        List<String> names = new ArrayList<>(series());
        if (interval.isPresent()) {
            names.add("at");
        }
        return names;
    }

    /** The columns with their expressions over a table whose time is in {@code time}, a comma behind each. */
    String select(Bindings bindings, String time) {
        return select(time, dimension -> dimension.sql(bindings));
    }

    /** @param values how a dimension's value is written */
    String select(String time, Function<Dimension, String> values) {
        StringBuilder sql = new StringBuilder();
        if (!tenantColumn.isEmpty()) {
            sql.append("toString(").append(tenantColumn).append(") AS gt, ");
        }
        for (int i = 0; i < dimensions.size(); i++) {
            sql.append("toString(")
                    .append(values.apply(dimensions.get(i)))
                    .append(") AS g")
                    .append(i)
                    .append(", ");
        }
        interval.ifPresent(length -> sql.append("intDiv(toInt64(toUnixTimestamp(")
                .append(time)
                .append(")), ")
                .append(length.toSeconds())
                .append(") * ")
                .append(length.toSeconds())
                .append(" AS at, "));
        return sql.toString();
    }
}
