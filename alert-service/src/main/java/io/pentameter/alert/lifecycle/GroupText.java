package io.pentameter.alert.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** A group as it is stored: a JSON object with its dimensions in order. */
final class GroupText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TYPE = new TypeReference<>() {};

    private GroupText() {}

    static String write(Map<String, String> group) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(group));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a group that is not JSON", e);
        }
    }

    static Map<String, String> read(String text) {
        try {
            return JSON.readValue(text, TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored group cannot be read", e);
        }
    }
}
