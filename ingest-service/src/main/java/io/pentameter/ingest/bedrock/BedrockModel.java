package io.pentameter.ingest.bedrock;

import java.util.Set;

/**
 * The model behind Bedrock's {@code modelId}: a model's id, the id of an inference profile, or the ARN of either.
 *
 * @param id     for prices and grouping: {@code us.anthropic.claude-…} stays as it is, an ARN of a model or of a system's
 *     inference profile becomes its last part; an ARN that names a resource of the customer's own stays whole
 * @param isKnown whether the id names a model; not so for application inference profiles, provisioned and imported models,
 *     of which only the body may say more
 */
record BedrockModel(String id, boolean isKnown) {

    /** Kinds of resources whose last part is the id of a model. */
    private static final Set<String> NAMED = Set.of("foundation-model", "inference-profile", "prompt-router");

    static BedrockModel of(String modelId) {
        if (!modelId.startsWith("arn:")) {
            return new BedrockModel(modelId, !modelId.isEmpty());
        }
        // arn:aws:bedrock:region:account:kind/id; ids have colons too
        String[] parts = modelId.split(":", 6);
        String resource = parts.length == 6 ? parts[5] : "";
        int slash = resource.indexOf('/');
        if (slash > 0 && NAMED.contains(resource.substring(0, slash))) {
            return new BedrockModel(resource.substring(slash + 1), true);
        }
        return new BedrockModel(modelId, false);
    }
}
