package io.pentameter.pricing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Providers by the words of the GenAI conventions, whatever a client calls them. */
public final class ProviderNames {

    private static final Map<String, String> CANONICAL = Map.ofEntries(
            Map.entry("az.ai.openai", "azure.ai.openai"),
            Map.entry("azure", "azure.ai.openai"),
            Map.entry("azure_openai", "azure.ai.openai"),
            Map.entry("azure-openai", "azure.ai.openai"),
            Map.entry("az.ai.inference", "azure.ai.inference"),
            Map.entry("vertex_ai", "gcp.vertex_ai"),
            Map.entry("vertexai", "gcp.vertex_ai"),
            Map.entry("google.vertex", "gcp.vertex_ai"),
            Map.entry("google_vertexai", "gcp.vertex_ai"),
            Map.entry("gemini", "gcp.gemini"),
            Map.entry("google.generative-ai", "gcp.gemini"),
            Map.entry("google_genai", "gcp.gemini"),
            Map.entry("google", "gcp.gemini"),
            Map.entry("xai", "x_ai"),
            Map.entry("x-ai", "x_ai"),
            Map.entry("mistral", "mistral_ai"),
            Map.entry("mistralai", "mistral_ai"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("amazon_bedrock", "aws.bedrock"),
            Map.entry("amazon-bedrock", "aws.bedrock"),
            Map.entry("aws", "aws.bedrock"),
            Map.entry("moonshot", "moonshot_ai"),
            Map.entry("moonshotai", "moonshot_ai"),
            Map.entry("google.ai.studio", "gcp.gemini"),
            Map.entry("google-gla", "gcp.gemini"),
            Map.entry("google-vertex", "gcp.vertex_ai"),
            Map.entry("azure.openai", "azure.ai.openai"),
            Map.entry("ibm.watson.ai", "ibm.watsonx.ai"),
            Map.entry("watsonx", "ibm.watsonx.ai"),
            Map.entry("fireworks", "fireworks_ai"),
            Map.entry("fireworks-ai", "fireworks_ai"),
            Map.entry("together", "together_ai"),
            Map.entry("together-ai", "together_ai"),
            Map.entry("togetherai", "together_ai"));

    /** What clients name as the system of a step, and is software around the provider. */
    private static final Set<String> FRAMEWORKS = Set.of(
            "langchain",
            "langgraph",
            "llama_index",
            "llamaindex",
            "haystack",
            "crewai",
            "litellm",
            "ag2",
            "autogen",
            "pydantic_ai",
            "dynamiq",
            "phidata",
            "controlflow",
            "embedchain",
            "mem0",
            "letta",
            "julep",
            "unknown");

    private ProviderNames() {}

    /** The canonical word; an unknown one in lower case as it came, empty if there was none, or a framework's name. */
    public static String canonical(String said) {
        String word = said.trim().toLowerCase(Locale.ROOT);
        if (FRAMEWORKS.contains(word)) {
            return "";
        }
        String known = CANONICAL.get(word);
        if (known != null) {
            return known;
        }
        // the Vercel AI SDK appends the kind of API: openai.chat, openai.responses, google.generative-ai.embedding
        for (String api : new String[] {".chat", ".responses", ".completion", ".embedding", ".messages", ".image"}) {
            if (word.endsWith(api)) {
                return canonical(word.substring(0, word.length() - api.length()));
            }
        }
        return word;
    }
}
