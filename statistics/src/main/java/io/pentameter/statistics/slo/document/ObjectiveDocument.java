package io.pentameter.statistics.slo.document;

import io.pentameter.statistics.slo.Target;
import java.util.List;
import java.util.Map;

/**
 * An objective as it is written down.
 *
 * @param name        lower-case letters, digits and dashes, 63 at most (RFC 1123)
 * @param displayName for people; empty if none
 * @param service     what it speaks of
 * @param description empty if none, 1050 characters at most
 * @param labels      of the tool that it comes from
 * @param target      share of good events
 * @param period      over which it is kept
 * @param budgeting   what is counted
 * @param indicator   what is measured
 * @param alerts      rows of its alert; none if it does not alert
 */
public record ObjectiveDocument(
        String name,
        String displayName,
        String service,
        String description,
        Map<String, String> labels,
        Target target,
        Period period,
        Budgeting budgeting,
        Indicator indicator,
        List<AlertRow> alerts) {

    public ObjectiveDocument {
        labels = Map.copyOf(labels);
        alerts = List.copyOf(alerts);
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "name must be 1 to 63 lower-case letters, digits and dashes, no dash at its ends: " + name);
        }
        if (service.isEmpty()) {
            throw new IllegalArgumentException("service must not be empty: " + name);
        }
        if (description.length() > 1050) {
            throw new IllegalArgumentException(
                    "description must have at most 1050 characters: " + description.length());
        }
    }
}
