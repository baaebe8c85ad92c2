package io.pentameter.ingest.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a model stopped, in one set of words: stop, length, tool_call, content_filter, error; others as they came. */
public final class FinishReasons {

    private FinishReasons() {}

    /** The canonical word; empty if the client said nothing. */
    public static String canonical(@Nullable String said) {
        if (said == null || said.isEmpty()) {
            return "";
        }
        String word = said.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "stop", "end_turn", "stop_sequence", "eos", "complete", "completed", "finished" -> "stop";
            case "length", "max_tokens", "max_output_tokens", "model_length" -> "length";
            case "tool_calls", "tool_call", "tool-calls", "tool_use", "function_call" -> "tool_call";
            case "content_filter", "content-filter", "refusal", "guardrail_intervened", "safety", "blocklist" ->
                "content_filter";
            default -> word;
        };
    }
}
