package io.pentameter.quality.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a judge wrote, read strictly: a grade is only what follows the schema to the letter. */
sealed interface Verdict {

    /** Most characters of a reason that are kept. */
    int MAX_REASON = 2_000;

    /** JSON schema of the answer. The reason comes first, so that the model thinks before it decides. */
    String SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["reason","score","passed"],"properties":{\
            "reason":{"type":"string","description":"why, in one to three sentences"},\
            "score":{"type":"number","description":"0.0 (worst) to 1.0 (best)"},\
            "passed":{"type":"boolean","description":"whether the answer is good enough by the rubric"}}}""";

    /** A grade; the score is 0.0 to 1.0. */
    record Given(String reason, double score, boolean passed) implements Verdict {}

    /** Not the schema; says what is wrong, without quoting. */
    record Unreadable(String wrong) implements Verdict {}

    /** Reads what the judge wrote. A code fence around the object is forgiven, nothing else. */
    static Verdict of(String written) {
        JsonNode root;
        try {
            root = Reader.JSON.readTree(withoutFence(written));
        } catch (JsonProcessingException _) {
            return new Unreadable("the answer must be one JSON object and nothing else");
        }
        if (root == null || !root.isObject()) {
            return new Unreadable("the answer must be one JSON object and nothing else");
        }
        JsonNode score = root.path("score");
        if (!root.path("reason").isTextual()) {
            return new Unreadable("reason must be a string");
        }
        if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
            return new Unreadable("score must be a number from 0.0 to 1.0");
        }
        if (!root.path("passed").isBoolean()) {
            return new Unreadable("passed must be true or false");
        }
        if (root.size() != 3) {
            return new Unreadable("the object must hold reason, score and passed and nothing else");
        }
        String reason = root.path("reason").textValue();
        return new Given(
                reason.substring(0, Math.min(MAX_REASON, reason.length())),
                score.doubleValue(),
                root.path("passed").booleanValue());
    }

    private static String withoutFence(String written) {
        String text = written.strip();
        if (text.startsWith("```") && text.endsWith("```") && text.indexOf('\n') > 0) {
            return text.substring(text.indexOf('\n') + 1, text.length() - 3);
        }
        return text;
    }

    /** Holds the parser; an interface cannot have a private constant. */
    final class Reader {
        private static final ObjectMapper JSON =
                new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        private Reader() {}
    }
}
