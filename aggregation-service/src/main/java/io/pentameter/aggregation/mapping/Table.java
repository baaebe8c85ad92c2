package io.pentameter.aggregation.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that rows are written to, and the columns that a row gives, in their order.
 *
 * @param name as in the migrations
 */
public record Table(String name, List<String> columns) {

    public Table {
        columns = List.copyOf(columns);
    }

    static Table of(String name, String... columns) {
        return new Table(name, List.of(columns));
    }

    /** With {@link DimensionColumns#NAMES} between the others. */
    static Table withDimensions(String name, List<String> before, List<String> behind) {
        List<String> columns = new ArrayList<>(before);
        columns.addAll(DimensionColumns.NAMES);
        columns.addAll(behind);
        return new Table(name, columns);
    }
}
