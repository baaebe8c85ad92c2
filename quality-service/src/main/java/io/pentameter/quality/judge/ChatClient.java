package io.pentameter.quality.judge;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chat endpoint that speaks the protocol of OpenAI's {@code /chat/completions}. */
interface ChatClient {

    /** Asks once and waits; never throws for what an endpoint may do. */
    Reply ask(Question question);

    /**
     * One call.
     *
     * @param apiKey          in clear text; absent if none is needed
     * @param maxOutputTokens most tokens that the model may write
     */
    record Question(URI endpoint, @Nullable String apiKey, String model, List<Message> messages, int maxOutputTokens) {

        public Question {
            messages = List.copyOf(messages);
        }

        /** Neither key nor messages. */
        @Override
        public String toString() {
            return "Question[endpoint=%s, model=%s]".formatted(endpoint, model);
        }
    }

    /** A message of the conversation; the role is system, user or assistant. */
    record Message(String role, String content) {}

    /** What came back. */
    sealed interface Reply {

        /**
         * The model answered.
         *
         * @param content what it wrote; empty if nothing
         * @param model   the model that the endpoint says answered
         * @param usage   tokens; absent if the endpoint did not say
         */
        record Answered(
                String content, String model, @Nullable Usage usage) implements Reply {}

        /**
         * No answer, but one may come later.
         *
         * @param reason    rate_limited, timeout, endpoint_error, unreachable
         * @param after     the endpoint's wish, else zero
         * @param mayBeBilled whether the model may have worked although no answer came
         */
        record Busy(String reason, Duration after, boolean mayBeBilled) implements Reply {}

        /**
         * No answer, and none will come to this question.
         *
         * @param reason unauthorized, refused_by_endpoint, internal_address, not_the_protocol, too_large
         * @param mayBeBilled as for {@link Busy}
         */
        record Broken(String reason, boolean mayBeBilled) implements Reply {}
    }

    /** Tokens of a call, 0 or more. */
    record Usage(long inputTokens, long outputTokens) {}
}
