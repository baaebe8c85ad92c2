package io.pentameter.gateway.settings;

import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.kit.problem.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which attribute fills which dimension, before the standard names.
 *
 * @param rules one for each dimension at most; absent means none
 */
record Mapping(@Nullable List<Rule> rules) {

    static final Mapping NONE = new Mapping(List.of());

    private static final Set<String> DIMENSIONS = new TreeSet<>(Set.of(
            "feature",
            "language",
            "route",
            "customer",
            "user",
            "session",
            "intent",
            "prompt_name",
            "prompt_version",
            "environment",
            "region",
            "release"));
    private static final int MAX_ATTRIBUTES = 10;
    private static final int MAX_ATTRIBUTE = 200;

    /**
     * @param dimension  what is filled
     * @param attributes names in order of preference, 1 to 10
     */
    record Rule(@Nullable String dimension, @Nullable List<@Nullable String> attributes) {}

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        List<Rule> all = all();
        for (int i = 0; i < all.size() && i <= DIMENSIONS.size(); i++) {
            Rule rule = all.get(i);
            String dimension = String.valueOf(rule.dimension());
            if (!DIMENSIONS.contains(dimension)) {
                faults.add(new Fault(
                        "/rules/%d/dimension".formatted(i), "must be one of %s: %s".formatted(DIMENSIONS, dimension)));
            } else if (!seen.add(dimension)) {
                faults.add(new Fault("/rules/%d/dimension".formatted(i), "is there twice: " + dimension));
            }
            addAttributeFaults("/rules/%d/attributes".formatted(i), rule.attributes(), faults);
        }
        return faults;
    }

    private static void addAttributeFaults(
            String pointer, @Nullable List<@Nullable String> attributes, List<Fault> faults) {
        int count = attributes == null ? 0 : attributes.size();
        if (attributes == null || count < 1 || count > MAX_ATTRIBUTES) {
            faults.add(new Fault(pointer, "must have 1 to %d names: %d".formatted(MAX_ATTRIBUTES, count)));
            return;
        }
        for (String attribute : attributes) {
            if (attribute == null || attribute.isBlank() || attribute.length() > MAX_ATTRIBUTE) {
                faults.add(new Fault(pointer, "each name must have 1 to %d characters".formatted(MAX_ATTRIBUTE)));
            }
        }
    }

    /** What the services read; only of a mapping without faults. */
    MappingRules toRecord() {
        MappingRules.Builder record = MappingRules.newBuilder();
        for (Rule rule : all()) {
            MappingRule.Builder made = MappingRule.newBuilder().setDimension(Objects.requireNonNull(rule.dimension()));
            Objects.requireNonNull(rule.attributes())
                    .forEach(attribute -> made.addAttributes(Objects.requireNonNull(attribute)));
            record.addRules(made);
        }
        return record.build();
    }

    private List<Rule> all() {
        return rules == null ? List.of() : rules;
    }
}
