package io.pentameter.aggregation.filter;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A filter as it is sent; nothing of it has been checked.
 *
 * @param value a text, number, boolean or null; a list for in and not_in
 */
public record FilterBody(
        @Nullable String dimension,
        @Nullable String op,
        @Nullable JsonNode value) {}
