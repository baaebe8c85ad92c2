package io.pentameter.aggregation.engine;

import java.util.Set;

/** Our tables that hold tenants' data. A test compares the list with what the engine has. */
public final class Tables {

    private static final Set<String> NAMES = Set.of(
            "span",
            "span_payload",
            "span_open",
            "split_trace",
            "touched",
            "client_metric",
            "sunk",
            "dead_letter",
            "seal",
            "kept_since",
            "score",
            "outcome",
            "change",
            "alert_transition",
            "audit",
            "intake",
            "rollup_model_5m",
            "rollup_wide_1h",
            "rollup_customer_1d",
            "rollup_model_1h",
            "rollup_model_1d",
            "rollup_session_1h",
            "rollup_customer_1h",
            "rollup_tag_1h",
            "rollup_own_1h",
            "own_dimension",
            "cost_pool",
            "invoice",
            "invoice_line",
            "cost_adjustment",
            "invoice_variance",
            "repricing",
            "repricing_line",
            "repricing_event",
            "repriced_span");

    private Tables() {}

    public static Set<String> names() {
        return NAMES;
    }
}
