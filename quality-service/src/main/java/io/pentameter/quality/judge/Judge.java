package io.pentameter.quality.judge;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A language model with a rubric, as a tenant has set it up.
 *
 * @param name               name of the scores it gives, unique in the tenant
 * @param rubric             what makes an answer good, in the tenant's words
 * @param rubricVersion      1, then one more with each change of rubric or model
 * @param endpoint           base of an OpenAI-compatible API, for example {@code https://api.openai.com/v1}
 * @param sealedKey          API key, encrypted; absent if the endpoint needs none
 * @param dailyBudgetNanoUsd most it may spend on one UTC day
 * @param features           features whose answers it judges; empty means all
 */
public record Judge(
        String id,
        String tenant,
        String name,
        String rubric,
        int rubricVersion,
        String model,
        URI endpoint,
        @Nullable String sealedKey,
        TokenPrice price,
        long dailyBudgetNanoUsd,
        Target target,
        Set<String> features,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    public Judge {
        features = Set.copyOf(features);
    }

    /** Which spans of a trace a judge looks at. */
    public enum Target {
        /** Each answer of a model. */
        MODEL_CALL,
        /** What the user got: the span that stands for the request. */
        REQUEST;

        /** Word in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a span is one that this judge looks at. */
    public boolean looksAt(boolean isModelCall, boolean isRequest, String feature) {
        boolean isTarget = switch (target) {
            case MODEL_CALL -> isModelCall;
            case REQUEST -> isRequest;
        };
        return enabled && isTarget && (features.isEmpty() || features.contains(feature));
    }
}
