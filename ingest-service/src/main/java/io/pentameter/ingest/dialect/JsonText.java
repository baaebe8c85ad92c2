package io.pentameter.ingest.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Value of an attribute that was an array or a map: its JSON.
 *
 * @param text JSON of an array or an object
 */
public record JsonText(String text) {

    /** The first element if it is a string without escapes; else absent. Finish reasons come like that. */
    @Nullable
    String firstString() {
        if (!text.startsWith("[\"")) {
            return null;
        }
        int end = text.indexOf('"', 2);
        return end < 0 || text.indexOf('\\') >= 0 ? null : text.substring(2, end);
    }
}
