package io.pentameter.quality.sampling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The column {@code sampling_policy.rules}: a JSON object, probability by rule. */
final class PolicyRow {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyRow() {}

    static String written(Map<Rule, Double> rules) {
        Map<String, Double> byId = new TreeMap<>();
        rules.forEach((rule, probability) -> byId.put(rule.id(), probability));
        try {
            return JSON.writeValueAsString(byId);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers by word are always JSON", e);
        }
    }

    /** A rule that the row does not name, because it is younger, has its standard probability. */
    static Map<Rule, Double> read(String json) {
        try {
            Map<String, Double> byId = JSON.readValue(json, new TypeReference<Map<String, Double>>() {});
            Map<Rule, Double> rules = new EnumMap<>(Rule.class);
            for (Rule rule : Rule.values()) {
                rules.put(rule, byId.getOrDefault(rule.id(), rule.standardProbability()));
            }
            return rules;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sampling_policy.rules is no JSON object", e);
        }
    }
}
