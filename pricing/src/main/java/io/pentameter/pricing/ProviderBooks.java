package io.pentameter.pricing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's prices are found in the two sources.
 *
 * @param genai    id in genai-prices
 * @param families values of {@code litellm_provider}, or their beginnings
 * @param prefixes what LiteLLM puts before the model's name, the likeliest first
 */
record ProviderBooks(@Nullable String genai, List<String> families, List<String> prefixes) {

    private static final Map<String, ProviderBooks> KNOWN = Map.ofEntries(
            entry("openai", "openai", List.of("openai", "text-completion-openai"), "", "openai/"),
            entry("anthropic", "anthropic", List.of("anthropic"), "", "anthropic/"),
            entry("aws.bedrock", "aws", List.of("bedrock", "amazon_nova"), "", "bedrock/"),
            entry("azure.ai.openai", "azure", List.of("azure"), "azure/", "azure_ai/"),
            entry("azure.ai.inference", "azure", List.of("azure"), "azure_ai/", "azure/"),
            entry("gcp.gemini", "google", List.of("gemini", "vertex_ai"), "gemini/", ""),
            entry("gcp.gen_ai", "google", List.of("gemini", "vertex_ai"), "gemini/", ""),
            entry("gcp.vertex_ai", "google", List.of("vertex_ai"), "vertex_ai/", ""),
            entry("cohere", "cohere", List.of("cohere"), "", "cohere/"),
            entry("deepseek", "deepseek", List.of("deepseek"), "deepseek/", ""),
            entry("groq", "groq", List.of("groq"), "groq/"),
            entry("mistral_ai", "mistral", List.of("mistral", "codestral"), "mistral/", "codestral/"),
            entry("perplexity", "perplexity", List.of("perplexity"), "perplexity/"),
            entry("x_ai", "x-ai", List.of("xai"), "xai/"),
            entry("moonshot_ai", "moonshotai", List.of("moonshot"), "moonshot/"),
            entry("together_ai", "together", List.of("together_ai"), "together_ai/"),
            entry("fireworks_ai", "fireworks", List.of("fireworks_ai"), "fireworks_ai/"),
            entry("ibm.watsonx.ai", null, List.of("watsonx"), "watsonx/"));

    private static Map.Entry<String, ProviderBooks> entry(
            String provider, @Nullable String genai, List<String> families, String... prefixes) {
        return Map.entry(provider, new ProviderBooks(genai, families, List.of(prefixes)));
    }

    /** Where to look for a provider, by its canonical word. */
    static ProviderBooks of(String provider, GenaiPrices genai) {
        ProviderBooks known = KNOWN.get(provider);
        if (known != null) {
            return known;
        }
        String litellm = provider.replace('.', '_').replace('-', '_');
        return new ProviderBooks(genai.provider(provider), List.of(litellm), List.of(litellm + "/"));
    }

    boolean covers(String litellmProvider) {
        return families.stream().anyMatch(litellmProvider::startsWith);
    }
}
