package io.pentameter.ingest.dimension;

import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.ingest.dialect.Attributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's own mapping: for a dimension, the attributes that fill it, the preferred first. Immutable. */
public final class MappingRuleSet {

    /** A tenant without rules. */
    public static final MappingRuleSet NONE = new MappingRuleSet(Map.of());

    /** Most attributes that a rule may name. */
    static final int MAX_ATTRIBUTES = 20;

    private final Map<Dimension, List<String>> attributes;

    private MappingRuleSet(Map<Dimension, List<String>> attributes) {
        this.attributes = attributes;
    }

    /** The rules in a record; those for a dimension that we do not know are left out. */
    public static MappingRuleSet of(MappingRules rules) {
        Map<Dimension, List<String>> attributes = new EnumMap<>(Dimension.class);
        for (MappingRule rule : rules.getRulesList()) {
            Dimension dimension = Dimension.ofWord(rule.getDimension());
            if (dimension != null) {
                attributes.put(
                        dimension,
                        rule.getAttributesList().stream().limit(MAX_ATTRIBUTES).toList());
            }
        }
        return new MappingRuleSet(attributes);
    }

    boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** The value by the tenant's rules: span attributes before resource attributes; absent if no rule gives one. */
    @Nullable
    String text(Dimension dimension, Attributes span, Attributes resource) {
        List<String> names = attributes.get(dimension);
        if (names == null) {
            return null;
        }
        String text = first(names, span);
        return text == null ? first(names, resource) : text;
    }

    private static @Nullable String first(List<String> names, Attributes attributes) {
        for (String name : names) {
            int index = attributes.indexOf(name);
            if (index >= 0 && !attributes.text(index).isEmpty()) {
                return attributes.text(index);
            }
        }
        return null;
    }
}
