package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Clients of other vendors: where they send to, how they show their key, and what they take for an acknowledgement. */
enum Vendor {
    LANGFUSE("/api/public/ingestion", 207),
    LANGSMITH("/langsmith/runs/batch", 202),
    DATADOG("/api/v2/llmobs", 202);

    private final String path;
    private final int taken;

    Vendor(String path, int taken) {
        this.path = path;
        this.taken = taken;
    }

    String client() {
        return name().toLowerCase(Locale.ROOT);
    }

    String path() {
        return path;
    }

    /** Status of an answer to what was taken in, if only in part. */
    int taken() {
        return taken;
    }

    /** How many parts of a request were refused, by an answer with the status {@link #taken}. */
    static long refused(JsonNode answer) {
        return answer.path("errors").size();
    }

    String credentialHeader() {
        return switch (this) {
            case LANGFUSE -> "Authorization";
            case LANGSMITH -> "x-api-key";
            case DATADOG -> "DD-API-KEY";
        };
    }

    String credential(String key) {
        return this == LANGFUSE
                ? "Basic " + Base64.getEncoder().encodeToString(("pk-lf-chaos:" + key).getBytes(StandardCharsets.UTF_8))
                : key;
    }
}
