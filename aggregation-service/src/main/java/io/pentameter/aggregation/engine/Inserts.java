package io.pentameter.aggregation.engine;

import java.util.List;

/** Puts rows into tables. */
public interface Inserts {

    /**
     * Inserts all the rows or none.
     *
     * @param columns of the rows, in their order
     * @param token   two inserts into one table with the same token are one; the rows must be the same then
     */
    Insertion insert(String table, List<String> columns, RowBinary rows, String token);
}
