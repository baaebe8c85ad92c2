package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import java.util.List;

/** Runs SQL within a {@link QueryScope}. */
interface QueryRunner {

    <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row);
}
