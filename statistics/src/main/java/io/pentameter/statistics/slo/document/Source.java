package io.pentameter.statistics.slo.document;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a number comes from.
 *
 * @param reference name of a data source, empty if none
 * @param type kind of data source, such as {@code Prometheus}; empty if {@code reference} tells
 * @param spec what that kind needs: for Prometheus {@code query} (an expression) or {@code selector} (a bare metric, as
 *     Pyrra has it)
 */
public record Source(Optional<String> reference, Optional<String> type, Map<String, Object> spec) {

    private static final String PROMETHEUS = "Prometheus";
    private static final Pattern SELECTOR = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^{}]*})?");
    private static final Pattern RATE =
            Pattern.compile("sum\\(rate\\((" + SELECTOR.pattern() + ")\\[\\{\\{\\.window}}]\\)\\)");

    public Source {
        spec = Map.copyOf(spec);
    }

    /** A Prometheus expression; Sloth replaces {@code {{.window}}} in it. */
    public static Source query(String expression) {
        return new Source(Optional.empty(), Optional.of(PROMETHEUS), Map.of("query", expression));
    }

    /** A Prometheus counter with its labels, without any function around it. */
    public static Source selector(String metric) {
        return new Source(Optional.empty(), Optional.of(PROMETHEUS), Map.of("selector", metric));
    }

    /** The expression of the error or event rate over Sloth's window. */
    String windowedQuery() {
        Object selector = spec.get("selector");
        if (selector != null) {
            return "sum(rate(%s[{{.window}}]))".formatted(selector);
        }
        Object query = spec.get("query");
        if (query == null || !query.toString().contains("{{.window}}")) {
            throw new IllegalArgumentException("query must hold {{.window}} for Sloth: " + query);
        }
        return query.toString();
    }

    /** The bare metric, taken out of {@code sum(rate(…[{{.window}}]))} if need be. */
    String bareMetric() {
        Object selector = spec.get("selector");
        if (selector != null) {
            return selector.toString();
        }
        String query = String.valueOf(spec.get("query"));
        Matcher matcher = RATE.matcher(query);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        if (SELECTOR.matcher(query).matches()) {
            return query;
        }
        throw new IllegalArgumentException(
                "query must be a bare metric or sum(rate(metric[{{.window}}])) for Pyrra: " + query);
    }
}
