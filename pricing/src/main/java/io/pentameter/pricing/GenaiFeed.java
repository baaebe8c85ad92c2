package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The models of a genai-prices feed by id, {@code provider/model}. Changes the feed that it is given. */
final class GenaiFeed {

    private final JsonNode root;
    private final Map<String, JsonNode> models = new LinkedHashMap<>();

    GenaiFeed(JsonNode root) {
        this.root = root;
        for (JsonNode provider : root) {
            for (JsonNode model : provider.path("models")) {
                models.put(provider.path("id").asText() + "/" + model.path("id").asText(), model);
            }
        }
    }

    Map<String, JsonNode> models() {
        return models;
    }

    JsonNode model(String id) {
        return models.getOrDefault(id, root.path("no such member"));
    }

    /** Puts another model in the place of one. */
    void replace(String id, JsonNode other) {
        for (JsonNode provider : root) {
            String prefix = provider.path("id").asText() + "/";
            if (id.startsWith(prefix) && provider.path("models") instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    if (id.equals(prefix + list.get(i).path("id").asText())) {
                        list.set(i, other);
                    }
                }
            }
        }
    }

    /** Adds a model of another feed behind those of its provider, with the provider if that is not there. */
    void add(GenaiFeed other, String id) {
        JsonNode model = other.model(id);
        String providerId = other.providerOf(id).path("id").asText();
        for (JsonNode provider : root) {
            if (provider.path("id").asText().equals(providerId) && provider.path("models") instanceof ArrayNode list) {
                list.add(model);
                return;
            }
        }
        if (root instanceof ArrayNode providers && other.providerOf(id) instanceof ObjectNode provider) {
            ObjectNode copy = provider.deepCopy();
            copy.putArray("models").add(model);
            providers.add(copy);
        }
    }

    /** The feed without some models. */
    JsonNode without(Set<String> ids) {
        for (JsonNode provider : root) {
            String prefix = provider.path("id").asText() + "/";
            if (provider.path("models") instanceof ArrayNode list) {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (ids.contains(prefix + list.get(i).path("id").asText())) {
                        list.remove(i);
                    }
                }
            }
        }
        return root;
    }

    private JsonNode providerOf(String id) {
        for (JsonNode provider : root) {
            String prefix = provider.path("id").asText() + "/";
            if (id.startsWith(prefix)) {
                for (JsonNode model : provider.path("models")) {
                    if (id.equals(prefix + model.path("id").asText())) {
                        return provider;
                    }
                }
            }
        }
        return root.path("no such member");
    }
}
