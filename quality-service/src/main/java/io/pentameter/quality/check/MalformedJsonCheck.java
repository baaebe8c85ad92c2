package io.pentameter.quality.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Subject;

/**
 * Fails an answer that is no JSON (RFC 8259) where the client asked for JSON.
 *
 * <p>A code fence around it fails too: a parser that is given the answer would fail. Not applicable if JSON was not asked
 * for, if there is no text (that is the empty check's matter), or if not all of it was stored.
 */
final class MalformedJsonCheck implements Check {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public String name() {
        return "malformed_json";
    }

    @Override
    public Opinion rate(Subject subject) {
        if (!subject.wantsJson() || subject.answer().isBlank() || subject.isCut() || subject.isError()) {
            return new NotApplicable();
        }
        try {
            JSON.readTree(subject.answer());
            return Grade.of(true, "");
        } catch (JsonProcessingException e) {
            return Grade.of(false, "not JSON: " + where(e));
        }
    }

    /** Only the place: the parser's own words quote the answer. */
    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? "broken"
                : "line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }
}
