package io.pentameter.ingest.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and writes the small JSON within facts; it was written by us. */
public final class JsonLists {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};

    private JsonLists() {}

    /** A JSON array of texts. */
    public static String json(Collection<String> texts) {
        return written(texts);
    }

    /** A JSON object of whole numbers. */
    public static String json(Map<String, Long> counts) {
        return written(new TreeMap<>(counts));
    }

    static List<String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fact is no list of texts", e);
        }
    }

    static SortedMap<String, Long> counts(String json) {
        try {
            return JSON.readValue(json, COUNTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fact is no object of numbers", e);
        }
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }
}
