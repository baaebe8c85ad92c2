package io.pentameter.aggregation.rollup;

import io.pentameter.aggregation.engine.Bindings;
import java.util.Collection;
import java.util.stream.Collectors;

/** SQL that says of each span what it has of each attribute that its tenant has declared. */
final class OwnValues {

    private OwnValues() {}

    /**
     * A subquery with a row for each attribute of each span, with the columns {@link RollupTable#OWN_KEY} and
     * {@link RollupTable#OWN_VALUE} (empty text if the span does not have it) besides those of the span.
     *
     * @param spans {@code FROM ... WHERE ...}
     */
    static String of(String spans, Collection<String> attributes, Bindings bindings) {
        String values = attributes.stream()
                .map(bindings::text)
                .map(name -> "(" + name + ", attrs[" + name + "])")
                .collect(Collectors.joining(", ", "[", "]"));
        return "(SELECT *, own.1 AS %s, own.2 AS %s FROM (SELECT *, %s AS own_list %s) ARRAY JOIN own_list AS own)"
                .formatted(RollupTable.OWN_KEY, RollupTable.OWN_VALUE, values, spans);
    }
}
