package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.util.List;
import java.util.Map;

/** The demo's destination and rule, made through the public API by the tenant's admin, once. */
final class AlertSetup {

    static final String RULE = "Feature fails";

    private final JsonApi admin;

    AlertSetup(JsonApi admin) {
        this.admin = admin;
    }

    void prepare(String receiverUrl) {
        String name = "demo receiver " + receiverUrl.replaceAll("\\D+", " ").strip();
        String destination = find("/api/v1/destinations", name);
        if (destination.isEmpty()) {
            destination = admin.post(
                            "/api/v1/destinations", Map.of("name", name, "kind", "webhook", "url", receiverUrl))
                    .expect("creating the demo's destination", 200, 201)
                    .path("id")
                    .asText();
        }
        if (find("/api/v1/rules", RULE).isEmpty()) {
            admin.post("/api/v1/rules", rule(destination)).expect("creating the demo's rule", 200, 201);
        }
    }

    private String find(String path, String name) {
        for (JsonNode item :
                admin.get(path + "?limit=100").expect("reading " + path, 200).path("data")) {
            if (item.path("name").asText().equals(name)) {
                return item.path("id").asText();
            }
        }
        return "";
    }

    private static Map<String, Object> rule(String destination) {
        return Map.ofEntries(
                Map.entry("name", RULE),
                Map.entry("measure", "error_rate"),
                Map.entry("op", ">"),
                Map.entry("threshold", 0.1),
                Map.entry("window", "PT1M"),
                Map.entry("interval", "PT5S"),
                Map.entry("for", "PT0S"),
                Map.entry("groupBy", List.of("feature")),
                Map.entry("filters", List.of(Map.of("dimension", "environment", "op", "eq", "value", "prod"))),
                Map.entry("minSample", 20),
                Map.entry("severity", "critical"),
                Map.entry("owner", "on-call"),
                Map.entry("runbook", "Look at the provider's errors by model; switch the feature to its second model."),
                Map.entry("destinations", List.of(destination)));
    }
}
