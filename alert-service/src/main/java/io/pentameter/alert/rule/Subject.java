package io.pentameter.alert.rule;

import java.time.Duration;
import java.util.List;

/**
 * What part of a tenant's traffic a rule looks at. A group is one combination of values of the dimensions in
 * {@code groupBy}; each has an alert of its own.
 *
 * @param groupLimit most groups looked at, those with the largest samples
 * @param window     how far back a value reaches
 */
public record Subject(List<String> groupBy, int groupLimit, List<Filter> filters, Duration window) {

    public Subject {
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
    }
}
