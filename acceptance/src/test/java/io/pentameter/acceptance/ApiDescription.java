package io.pentameter.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The operations of an OpenAPI document. */
final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private ApiDescription() {}

    /**
     * @param method  in capitals
     * @param path    with <code>{name}</code> for each parameter
     * @param tag     the first; empty if there is none
     * @param queries names of the parameters after the question mark
     * @param hasBody whether a body is described
     */
    record Operation(String method, String path, String tag, Set<String> queries, boolean hasBody) {

        /** As the path is known to whoever does not care what a parameter is called. */
        String name() {
            return method + " " + path.replaceAll("\\{[^}]*}", "{}");
        }

        boolean hasId() {
            return path.contains("{");
        }

        String withId(String id) {
            return path.replaceAll("\\{[^}]*}", id);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue().at("/tags/0").asText(),
                                queries(document, method.getValue().path("parameters")),
                                method.getValue().has("requestBody")))));
        return operations;
    }

    private static Set<String> queries(JsonNode document, JsonNode parameters) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : parameters) {
            JsonNode whole = parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            if (whole.path("in").asText().equals("query")) {
                names.add(whole.get("name").asText());
            }
        }
        return names;
    }
}
