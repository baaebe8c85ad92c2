package io.pentameter.ingest.payload;

import java.util.List;

/**
 * What a tenant lets us keep of prompts and outputs, by feature and field. Immutable.
 *
 * @param standard where no rule applies
 * @param rules    the first that applies counts
 */
public record PayloadRules(PayloadMode standard, List<Rule> rules) {

    /** Everything is kept. */
    public static final PayloadRules FULL = new PayloadRules(PayloadMode.FULL, List.of());

    private static final String ATTRIBUTES = "attributes";

    public PayloadRules {
        rules = List.copyOf(rules);
    }

    /**
     * @param feature of the tenant's product; empty for every one
     * @param field   {@code input}, {@code output}, {@code attributes} or {@code attributes.<name>}; empty for what is
     *                payload among all of them
     */
    public record Rule(String feature, String field, PayloadMode mode) {

        private boolean isOf(String ofFeature) {
            return feature.isEmpty() || feature.equals(ofFeature);
        }
    }

    /** What becomes of an attribute. */
    public enum Attribute {
        KEPT,
        /** Its text is replaced by its length. */
        MASKED,
        DROPPED
    }

    /** Whether the mode is the same for all features and fields. */
    public boolean isUniform() {
        return rules.isEmpty();
    }

    public PayloadMode input(String feature) {
        return of(feature, "input");
    }

    public PayloadMode output(String feature) {
        return of(feature, "output");
    }

    /**
     * What becomes of an attribute: a rule for attributes applies to each, one for all fields and the standard only to those
     * that may quote a prompt or an output, which are then dropped unless everything is kept.
     */
    public Attribute attribute(String feature, String name) {
        for (Rule rule : rules) {
            if (!rule.isOf(feature)) {
                continue;
            }
            boolean isNamed = rule.field().equals(ATTRIBUTES) || rule.field().equals(ATTRIBUTES + "." + name);
            if (isNamed) {
                return switch (rule.mode()) {
                    case FULL -> Attribute.KEPT;
                    case MASKED -> Attribute.MASKED;
                    case METADATA_ONLY -> Attribute.DROPPED;
                };
            }
            if (rule.field().isEmpty() && Payloads.mayQuote(name)) {
                return rule.mode() == PayloadMode.FULL ? Attribute.KEPT : Attribute.DROPPED;
            }
        }
        return standard != PayloadMode.FULL && Payloads.mayQuote(name) ? Attribute.DROPPED : Attribute.KEPT;
    }

    /**
     * What may be kept of an {@code input} or {@code output} whose feature is not known yet: what the strictest rule that could
     * apply allows, for what was written down once cannot be taken back.
     */
    public PayloadMode strictest(String field) {
        PayloadMode strictest = standard;
        for (Rule rule : rules) {
            boolean mayApply = rule.field().isEmpty() || rule.field().equals(field);
            if (mayApply && rule.mode().compareTo(strictest) > 0) {
                strictest = rule.mode();
            }
        }
        return strictest;
    }

    private PayloadMode of(String feature, String field) {
        for (Rule rule : rules) {
            if (rule.isOf(feature) && (rule.field().isEmpty() || rule.field().equals(field))) {
                return rule.mode();
            }
        }
        return standard;
    }
}
