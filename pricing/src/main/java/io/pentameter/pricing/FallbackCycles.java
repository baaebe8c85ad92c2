package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Providers of genai-prices that fall back to one another in a circle. */
final class FallbackCycles {

    private FallbackCycles() {}

    /** A cycle as {@code a > b > a}; empty if there is none. */
    static String find(JsonNode feed) {
        Map<String, List<String>> next = new HashMap<>();
        for (JsonNode provider : feed) {
            List<String> names = next.computeIfAbsent(provider.path("id").asText(), _ -> new ArrayList<>());
            provider.path("fallback_model_providers").forEach(name -> names.add(name.asText()));
        }
        Set<String> done = new HashSet<>();
        for (String start : next.keySet()) {
            String cycle = walk(start, next, new ArrayList<>(), done);
            if (!cycle.isEmpty()) {
                return cycle;
            }
        }
        return "";
    }

    private static String walk(String at, Map<String, List<String>> next, List<String> path, Set<String> done) {
        int seen = path.indexOf(at);
        if (seen >= 0) {
            return String.join(" > ", path.subList(seen, path.size())) + " > " + at;
        }
        if (!done.contains(at)) {
            path.add(at);
            for (String name : next.getOrDefault(at, List.of())) {
                String cycle = walk(name, next, path, done);
                if (!cycle.isEmpty()) {
                    return cycle;
                }
            }
            path.removeLast();
            done.add(at);
        }
        return "";
    }
}
