package io.pentameter.ingest.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tags, which come as a JSON array or as text with commas. */
final class Tags {

    static final int MAX_TAGS = 50;
    static final int MAX_TAG = 200;

    private static final JsonFactory JSON = new JsonFactory();

    private Tags() {}

    /** The tags without empty ones, the first 50 of them, each cut to 200 characters. */
    static List<String> of(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<String> all = text.startsWith("[") ? ofJson(text) : List.of(text.split(",", MAX_TAGS + 1));
        return all.stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .limit(MAX_TAGS)
                .map(tag -> Limits.shortened(tag, MAX_TAG))
                .toList();
    }

    private static List<String> ofJson(String text) {
        List<String> tags = new ArrayList<>();
        try (JsonParser in = JSON.createParser(text)) {
            for (JsonToken token = in.nextToken(); token != null && tags.size() < MAX_TAGS; token = in.nextToken()) {
                if (token.isScalarValue()) {
                    tags.add(in.getText());
                }
            }
        } catch (IOException _) {
            return List.of(text);
        }
        return tags;
    }
}
